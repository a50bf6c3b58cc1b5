using Tollgate.Model;

namespace Tollgate.SignIn.Access;

/// <summary>The groups of a user, from the attribute that the configuration names.</summary>
internal static class UserGroups
{
    public static IReadOnlyList<string> Of(User user, SignInOptions options) =>
        user.Attributes.TryGetValue(options.GroupAttribute, out var names)
            ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
}
