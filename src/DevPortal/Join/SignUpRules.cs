using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Users;

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
internal sealed class SignUpRules(
    UserNames names, OrganizationStore organizations, Ownership ownership, PasswordPolicy passwords, PasswordHash hash, DevPortalOptions options,
    TimeProvider time)
{
    public const int MostBytes = 16 * 1024;

    private const int LongestText = 200;

    /// <summary>The user; <c>name@domain</c> joins the organization of that domain, as it names him when he signs in.</summary>
    public async Task<User> CreateAsync(SignUpRequest wanted)
    {
        var (organization, name) = await names.SplitAsync(User.CheckName(wanted.Username));
        if (!await organizations.IsActiveAsync(organization))
        {
            throw Refusal.BadRequest($"The organization '{organization}' takes no accounts.");
        }

        if (passwords.Complaint(wanted.Password) is { } complaint)
        {
            throw Refusal.BadRequest(complaint, ChangePasswordEndpoint.PatternInvalid).At("password");
        }

        // What an account that is gone has left belongs to its name: a visitor must not inherit it. Administrators may give the name anew.
        if (await ownership.OwnsAnythingAsync(organization, name))
        {
            throw Refusal.Conflict(409, "User exists", $"The name '{name}' is taken. Choose another one.").At("username");
        }

        var now = time.GetUtcNow();
        return new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = organization,
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
            throw Refusal.BadRequest("email is not an e-mail address.").At("email");
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
