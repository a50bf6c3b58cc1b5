using System.Collections.Frozen;
using Tollgate.Model;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Access;

/// <summary>Signs people in with access tokens of the resident key manager.</summary>
public sealed class BearerTokens(
    ActiveTokens tokens, UserStore users, RoleStore roles, OperatorToken operatorToken, SignInOptions options)
{
    /// <summary>The person a token speaks for, or null when it must not be accepted any more.</summary>
    public async Task<Caller?> SignInAsync(string token)
    {
        if (operatorToken.Matches(token))
        {
            return await CallerAsync(options.AdminName, granted: null);
        }

        // Only a user's token opens management routes: an application's own token acts for no person.
        return await tokens.FindAsync(token) is { AuthorizedUserType: TokenUserType.User, Subject: { } subject } claims
            ? await CallerAsync(subject[..subject.LastIndexOf('@')], claims.Scopes?.ToFrozenSet() ?? [])
            : null;
    }

    // Scopes are those of the token that the user's roles still permit.
    private async Task<Caller?> CallerAsync(string name, FrozenSet<string>? granted)
    {
        var user = await users.FindByNameAsync(Organization.Default, name);
        if (user is null || user.Locked)
        {
            return null;
        }

        var permitted = await roles.ScopesAsync(user.Organization, user.Roles.Append(DefaultRoles.Everyone));
        var scopes = granted is null ? permitted.ToFrozenSet() : permitted.Where(granted.Contains).ToFrozenSet();
        return new Caller(user.Organization, user.Name, user.Roles, scopes) { Groups = UserGroups.Of(user, options) };
    }
}
