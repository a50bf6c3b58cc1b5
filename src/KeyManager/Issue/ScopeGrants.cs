using System.Text.RegularExpressions;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;

namespace Tollgate.KeyManager.Issue;

/// <summary>Decides which of the requested scopes a token carries. What is not permitted is left out, without an error, as in the field.</summary>
internal sealed class ScopeGrants(ScopeStore scopes, RoleStore roles, KeyManagerOptions options)
{
    private const string RestPrefix = "apim:";

    // NonBacktracking: the patterns come from the configuration, the text from anyone.
    private readonly Regex[] _allowed =
        [.. options.AllowedScopes.Select(pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))];

    /// <summary>Scopes for a user's token: the user's roles decide, management scopes included.</summary>
    public async Task<IReadOnlyList<string>> ForUserAsync(string organization, string? requested, IReadOnlyList<string> userRoles)
    {
        var wanted = Split(requested);
        var held = await roles.WithAliasesAsync(organization, userRoles.Append(DefaultRoles.Everyone));
        var permitted = wanted.Any(IsRest) ? await roles.ScopesAsync(organization, held) : [];
        return await GrantAsync(organization, wanted, held, name => IsRest(name) && permitted.Contains(name));
    }

    /// <summary>Scopes for an application's own token: its owner's roles decide; management scopes are for people only.</summary>
    public async Task<IReadOnlyList<string>> ForApplicationAsync(string organization, string? requested, IReadOnlyList<string> ownerRoles) =>
        await GrantAsync(
            organization, Split(requested), await roles.WithAliasesAsync(organization, ownerRoles.Append(DefaultRoles.Everyone)), _ => false);

    private async Task<IReadOnlyList<string>> GrantAsync(
        string organization, IReadOnlyList<string> wanted, IReadOnlyList<string> held, Func<string, bool> permits)
    {
        var bindings = (await scopes.BindingsAsync(organization, wanted)).ToLookup(binding => binding.Name, binding => binding.Roles);
        List<string> granted = [.. wanted.Where(name =>
            permits(name)
            || (!IsRest(name) && _allowed.Any(pattern => pattern.IsMatch(name)))
            || bindings[name].Any(roles => roles.Count == 0 || roles.Any(role => held.Contains(role, StringComparer.OrdinalIgnoreCase))))];
        return granted.Count > 0 ? granted : [options.DefaultScope];
    }

    private static bool IsRest(string scope) => scope.StartsWith(RestPrefix, StringComparison.Ordinal);

    private static IReadOnlyList<string> Split(string? requested) =>
        [.. (requested ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(200)];
}
