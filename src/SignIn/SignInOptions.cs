using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.SignIn;

/// <summary>Settings of <c>[super_admin]</c> and <c>[sign_in]</c>.</summary>
public sealed record SignInOptions
{
    [Setting("super_admin.username", "User name of the first administrator.")]
    public string AdminName { get; init; } = "admin";

    [Setting("super_admin.password", "Password of the first administrator; empty makes a random one and prints it once.", Secret = true)]
    public string AdminPassword { get; init; } = "";

    [Setting("super_admin.create_admin_account", "Create the administrator at the first start.")]
    public bool CreateAdmin { get; init; } = true;

    [Setting("super_admin.admin_role", "Role that may do everything.")]
    public string AdminRole { get; init; } = "admin";

    [Setting("sign_in.allowed_failures", "Wrong passwords in a row before a user has to wait.")]
    public int AllowedFailures { get; init; } = 10;

    [Setting("sign_in.pause", "How long a user waits after too many wrong passwords.", Unit = "s")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(5);

    [Range(1, 256)]
    [Setting("sign_in.password_min_length", "Fewest characters of a new password.")]
    public int PasswordMinLength { get; init; } = 8;

    [Range(1, 1024)]
    [Setting("sign_in.password_max_length", "Most characters of a new password.")]
    public int PasswordMaxLength { get; init; } = 256;

    [Setting("sign_in.password_pattern", "Regular expression that a new password must match somewhere; empty asks for nothing.")]
    public string PasswordPattern { get; init; } = "";

    [Setting(
        "apim.devportal.application_sharing_claim", "Attribute of a user that names his groups, separated by commas; "
        + "administrators set it.")]
    public string GroupAttribute { get; init; } = "http://wso2.org/claims/organization";
}
