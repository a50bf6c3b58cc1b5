using Tollgate.Model;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.Admin.Users;

/// <summary>The rules of users.</summary>
internal sealed class UserRules(RoleStore roles, PasswordHash hash, TimeProvider time)
{
    private const int MinPassword = 8;
    private const int MaxPassword = 256;

    public async Task<User> CreateAsync(string organization, UserResource wanted)
    {
        var now = time.GetUtcNow();
        return new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = organization,
            Name = CheckName(wanted.UserName),
            PasswordHash = hash.Of(CheckPassword(wanted.Password)),
            Roles = await RolesAsync(organization, wanted.Roles ?? []),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            RowVersion = 1,
        };
    }

    /// <summary>The roles as they are spelled in the store; unknown ones are refused.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(string organization, IReadOnlyList<string> wanted)
    {
        var known = await roles.NamedAsync(organization, wanted);
        return wanted.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Refusal.BadRequest($"There is no role '{unknown}'.", 900601)
            : known;
    }

    // A user name ends up in the token's subject and in URLs of reports: one spelling, no separators.
    private static string CheckName(string? name) =>
        name is { Length: >= 1 and <= 100 } && name.All(c => char.IsAsciiLetterOrDigit(c) || "._-@+".Contains(c))
            ? name
            : throw Refusal.BadRequest("userName has 1 to 100 letters, digits and . _ - @ +.");

    private static string CheckPassword(string? password) =>
        password is { Length: >= MinPassword and <= MaxPassword }
            ? password
            : throw Refusal.BadRequest($"password has {MinPassword} to {MaxPassword} characters.");
}
