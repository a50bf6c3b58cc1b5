using Tollgate.Model;
using Tollgate.SignIn.Passwords;

namespace Tollgate.DevPortal.Join;

/// <summary>What a visitor sends; the fields of the contract's <c>User</c>.</summary>
internal sealed record SignUpRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }
}

/// <summary>Checks a sign-up and makes the user, with the roles of the configuration and no others.</summary>
internal sealed class SignUpRules(PasswordPolicy passwords, PasswordHash hash, DevPortalOptions options, TimeProvider time)
{
    public const int MostBytes = 16 * 1024;

    private const int LongestText = 200;

    public User Create(SignUpRequest wanted)
    {
        var name = User.CheckName(wanted.Username);
        if (passwords.Complaint(wanted.Password) is { } complaint)
        {
            throw Refusal.BadRequest(complaint, ChangePasswordEndpoint.PatternInvalid);
        }

        var now = time.GetUtcNow();
        return new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = Organization.Default,
            Name = name,
            PasswordHash = hash.Of(wanted.Password!),
            Roles = options.SignUp.Roles,
            Attributes = Attributes(wanted),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            RowVersion = 1,
        };
    }

    // Groups are not among them: nobody makes himself a member of one.
    private static Dictionary<string, string> Attributes(SignUpRequest wanted)
    {
        if (wanted.Email is { Length: > 0 } && (wanted.Email.Length > LongestText || wanted.Email.IndexOf('@', StringComparison.Ordinal) < 1))
        {
            throw Refusal.BadRequest("email is not an e-mail address.");
        }

        (string Name, string? Value)[] given =
        [
            ("http://wso2.org/claims/emailaddress", wanted.Email),
            ("http://wso2.org/claims/givenname", wanted.FirstName),
            ("http://wso2.org/claims/lastname", wanted.LastName),
        ];
        return given.Any(entry => entry.Value?.Length > LongestText || entry.Value?.Any(char.IsControl) == true)
            ? throw Refusal.BadRequest($"firstName, lastName and email have at most {LongestText} characters.")
            : given.Where(entry => entry.Value?.Length > 0).ToDictionary(entry => entry.Name, entry => entry.Value!);
    }
}
