using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Categories;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Design;

/// <summary>The rules of a working copy, the same for create, import and update.</summary>
internal sealed class DesignRules(
    PolicyStore policies, CategoryStore categories, RoleStore roles, AccessControl access, SharedScopeStore sharedScopes)
{
    private const int MaxDescription = 32_766;

    /// <summary>The design with names as the stores spell them, or a refusal that says what to change.</summary>
    public async Task<ApiDesign> CheckAsync(string organization, ApiDesign design)
    {
        ContractFields.Check(design);
        CheckAvailable(design);
        CheckTexts(design);
        RuntimeFields.Check(design);
        PropertyRules.CheckTags(design);
        PropertyRules.CheckPeople(design.BusinessInformation);
        Endpoints.Of(design);
        return design.Alone() with
        {
            Scopes = await ScopesAsync(organization, design.Scopes),
            AdditionalProperties = PropertyRules.Check(design),
            Kept = PropertyRules.WithoutMap(design.Kept),
            VisibleRoles = await access.VisibleRolesAsync(organization, design),
            AccessControlRoles = await access.AccessRolesAsync(organization, design),
            Tags = [.. design.Tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Transport = [.. design.Transport.Select(name => name.ToLowerInvariant()).Distinct()],
            Categories = await CategoriesAsync(organization, design.Categories),
            Policies = await NamedAsync(organization, PolicyKind.Subscription, design.Policies),
            ApiThrottlingPolicy = design.ApiThrottlingPolicy is { Length: > 0 } policy
                ? (await NamedAsync(organization, PolicyKind.Advanced, [policy]))[0]
                : null,
        };
    }

    /// <summary>The policies' names as they are stored; unknown ones are refused.</summary>
    public async Task<IReadOnlyList<string>> NamedAsync(string organization, PolicyKind kind, IReadOnlyCollection<string> names)
    {
        var known = (await policies.NamedAsync(organization, kind, names)).ToDictionary(policy => policy.Name, StringComparer.OrdinalIgnoreCase);
        var unknown = names.FirstOrDefault(name => !known.ContainsKey(name));
        return unknown is null
            ? [.. names.Select(name => known[name].Name).Distinct()]
            : throw Refusal.BadRequest($"There is no {EnumText<PolicyKind>.Of(kind)} policy '{unknown}'.", 900305);
    }

    private async Task<IReadOnlyList<string>> CategoriesAsync(string organization, IReadOnlyList<string> names)
    {
        var known = await categories.NamedAsync(organization, names);
        return names.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Refusal.BadRequest($"There is no API category '{unknown}'; an administrator makes them.")
            : known;
    }

    private static void CheckAvailable(ApiDesign design)
    {
        if (design.Type is not (ApiTypes.Http or ApiTypes.WebSocket))
        {
            throw Refusal.BadRequest($"type '{design.Type}' is not available in this version; use '{ApiTypes.Http}' or '{ApiTypes.WebSocket}'.");
        }

        Only("subscriptionAvailability", design.SubscriptionAvailability, "CURRENT_TENANT");
        Only("endpointImplementationType", design.EndpointImplementationType, "ENDPOINT");
    }

    private static void Only(string field, string value, string available)
    {
        if (value != available)
        {
            throw Refusal.BadRequest($"{field} '{value}' is not available in this version; use '{available}'.");
        }
    }

    private static void CheckTexts(ApiDesign design)
    {
        if (design.Description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The description has more than {MaxDescription} characters.");
        }
    }

    // Shared scopes as they are stored: their bindings are decided in one place.
    private async Task<IReadOnlyList<ApiScope>> ScopesAsync(string organization, IReadOnlyList<ApiScope> scopes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (scopes.FirstOrDefault(entry => Scope.CheckName(entry.Scope.Name).StartsWith("apim:", StringComparison.Ordinal) || !names.Add(entry.Scope.Name))
            is { } wrong)
        {
            throw Refusal.BadRequest($"The scope '{wrong.Scope.Name}' is reserved or listed twice.", 900982);
        }

        var shared = (await sharedScopes.NamedAsync(organization, [.. scopes.Where(entry => entry.Shared).Select(entry => entry.Scope.Name)]))
            .ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        if (scopes.FirstOrDefault(entry => entry.Shared && !shared.ContainsKey(entry.Scope.Name)) is { } missing)
        {
            throw Refusal.BadRequest($"There is no shared scope '{missing.Scope.Name}'.", 900982);
        }

        await RefuseUnknownRolesAsync(organization, scopes.Where(entry => !entry.Shared));
        return [.. scopes.Select(entry => entry.Shared ? entry with { Scope = shared[entry.Scope.Name] } : entry)];
    }

    private async Task RefuseUnknownRolesAsync(string organization, IEnumerable<ApiScope> scopes)
    {
        var bound = scopes.SelectMany(entry => entry.Scope.Bindings).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var known = await roles.NamedAsync(organization, bound);
        if (bound.FirstOrDefault(role => !known.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            throw Refusal.BadRequest($"A scope is bound to the role '{missing}', which does not exist.", 900981);
        }
    }
}
