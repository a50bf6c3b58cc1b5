using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Passwords;
using Tollgate.Storage.Users;

namespace Tollgate.Admin.Users;

/// <summary>The rules of users.</summary>
internal sealed class UserRules(RoleStore roles, PasswordHash hash, PasswordPolicy passwords, TimeProvider time)
{
    private const int MostAttributes = 50;

    public async Task<User> CreateAsync(string organization, UserResource wanted)
    {
        var now = time.GetUtcNow();
        return new User
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = organization,
            Name = User.CheckName(wanted.UserName),
            PasswordHash = hash.Of(CheckPassword(wanted.Password)),
            Roles = await RolesAsync(organization, wanted.Roles ?? []),
            Attributes = Attributes(wanted.Attributes ?? new Dictionary<string, string>()),
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

    /// <summary>Otherwise the last administrator could shut everybody out with one call.</summary>
    public static void RefuseSelf(Caller caller, User user)
    {
        if (user.Name == caller.UserName)
        {
            throw Refusal.Conflict(409, "Own account", "You cannot lock or delete the account you are signed in with.");
        }
    }

    public static IReadOnlyDictionary<string, string> Attributes(IReadOnlyDictionary<string, string> wanted) =>
        wanted.Count <= MostAttributes && wanted.All(pair => pair.Key.Length is > 0 and <= 200 && pair.Value?.Length <= 1000)
            ? wanted
            : throw Refusal.BadRequest($"A user has at most {MostAttributes} attributes, with names of 200 and values of 1000 characters.");

    public string CheckPassword(string? password) =>
        passwords.Complaint(password) is { } complaint ? throw Refusal.BadRequest(complaint).At("password") : password!;
}
