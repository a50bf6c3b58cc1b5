using Tollgate.Model;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Design;

/// <summary>The rules of a working copy, the same for create, import and update.</summary>
internal sealed class DesignRules(PolicyStore policies, RoleStore roles, AccessControl access)
{
    private const int MaxDescription = 32_766;

    /// <summary>The design with names as the stores spell them, or a refusal that says what to change.</summary>
    public async Task<ApiDesign> CheckAsync(string organization, ApiDesign design)
    {
        ContractFields.Check(design);
        CheckAvailable(design);
        CheckTexts(design);
        Endpoints.Read(design.EndpointConfig);
        await ScopesAsync(organization, design.Scopes);
        return design.Alone() with
        {
            VisibleRoles = await access.VisibleRolesAsync(organization, design),
            AccessControlRoles = await access.AccessRolesAsync(organization, design),
            Tags = [.. design.Tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            Transport = [.. design.Transport.Select(name => name.ToLowerInvariant()).Distinct()],
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

    private static void CheckAvailable(ApiDesign design)
    {
        Only("type", design.Type, "HTTP");
        Only("subscriptionAvailability", design.SubscriptionAvailability, "CURRENT_TENANT");
        Only("endpointImplementationType", design.EndpointImplementationType, "ENDPOINT");
        if (design.Transport.Count == 0 || design.Transport.Any(name => name.ToLowerInvariant() is not ("http" or "https")))
        {
            throw Refusal.BadRequest("transport lists http, https or both.");
        }

        var scheme = design.SecurityScheme.FirstOrDefault(name => name is not ("oauth2" or "api_key" or "oauth_basic_auth_api_key_mandatory"));
        if (scheme is not null || !design.SecurityScheme.Any(name => name is "oauth2" or "api_key"))
        {
            throw Refusal.BadRequest($"securityScheme '{scheme}' is not available in this version; use 'oauth2', 'api_key' or both.");
        }
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

        CheckHeader("authorizationHeader", design.AuthorizationHeader);
        CheckHeader("apiKeyHeader", design.ApiKeyHeader);
        if (design.ApiKeyHeader.Equals(design.AuthorizationHeader, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest("apiKeyHeader and authorizationHeader are two different headers.");
        }


        foreach (var property in design.AdditionalProperties)
        {
            if (property.Name is not { Length: > 0 and <= 80 } || property.Name.Contains(' ', StringComparison.Ordinal) || property.Value.Length > 900)
            {
                throw Refusal.BadRequest(
                    $"The additional property '{property.Name}' needs a name of 1 to 80 characters without spaces and a value of at most 900.");
            }
        }
    }

    private static void CheckHeader(string field, string name)
    {
        if (name.Length is 0 or > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw Refusal.BadRequest($"{field} is a header name: letters, digits, '-' and '_'.");
        }
    }

    private async Task ScopesAsync(string organization, IReadOnlyList<ApiScope> scopes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (scope, shared) in scopes)
        {
            if (shared)
            {
                throw Refusal.BadRequest($"Shared scopes are not available in this version; declare '{scope.Name}' with shared = false.", 900982);
            }

            if (Scope.CheckName(scope.Name).StartsWith("apim:", StringComparison.Ordinal) || !names.Add(scope.Name))
            {
                throw Refusal.BadRequest($"The scope '{scope.Name}' is reserved or listed twice.", 900982);
            }
        }

        var bound = scopes.SelectMany(entry => entry.Scope.Bindings).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var known = await roles.NamedAsync(organization, bound);
        if (bound.FirstOrDefault(role => !known.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            throw Refusal.BadRequest($"A scope is bound to the role '{missing}', which does not exist.", 900981);
        }
    }
}
