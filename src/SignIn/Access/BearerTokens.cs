using System.Collections.Frozen;
using Tollgate.Model;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Access;

/// <summary>Signs people in with access tokens of the resident key manager.</summary>
public sealed class BearerTokens(
    ActiveTokens tokens, UserStore users, RoleStore roles, OrganizationStore organizations, OperatorToken operatorToken, SignInOptions options)
{
    /// <summary>The person a token speaks for, or null when it must not be accepted any more.</summary>
    public async Task<Caller?> SignInAsync(string token)
    {
        if (operatorToken.Matches(token))
        {
            return await CallerAsync(Organization.Default, options.AdminName, granted: null);
        }

        // Only a user's token opens management routes: an application's own token acts for no person.
        return await tokens.FindAsync(token) is { AuthorizedUserType: TokenUserType.User, Subject: { } subject } claims
            && subject.LastIndexOf('@') is > 0 and var at
            ? await CallerAsync(subject[(at + 1)..], subject[..at], claims.Scopes?.ToFrozenSet() ?? [])
            : null;
    }

    // Scopes are those of the token that the user's roles still permit.
    private async Task<Caller?> CallerAsync(string organization, string name, FrozenSet<string>? granted)
    {
        var user = await users.FindByNameAsync(organization, name);
        if (user is null || user.Locked || !await organizations.IsActiveAsync(organization))
        {
            return null;
        }

        var held = await roles.WithAliasesAsync(user.Organization, user.Roles);
        var permitted = await roles.ScopesAsync(user.Organization, held.Append(DefaultRoles.Everyone));
        var scopes = granted is null ? permitted.ToFrozenSet() : permitted.Where(granted.Contains).ToFrozenSet();
        return new Caller(user.Organization, user.Name, held, scopes) { Groups = UserGroups.Of(user, options) };
    }
}
