using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.FirstStart;
using Tollgate.Storage.Users;

namespace Tollgate.Admin.Scopes;

/// <summary>The rules of scope assignments and role aliases.</summary>
internal sealed class ScopeRules(RoleStore roles, SignInOptions options)
{
    private static readonly HashSet<string> PortalScopes =
    [
        RestScopes.Subscribe, RestScopes.ApplicationManage, RestScopes.SubscriptionManage, RestScopes.PortalSettings,
        RestScopes.ApplicationImportExport, "apim:app_update", "apim:api_key", "apim:sub_alert_manage",
    ];

    private readonly IReadOnlyList<string> _known =
        [.. DefaultRoles.All(options.AdminRole).SelectMany(role => role.Scopes).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Every scope of the REST APIs with its roles.</summary>
    public ScopeListResource List(ILookup<string, string> rolesByScope)
    {
        IReadOnlyList<ScopeResource> list =
        [
            .. _known.Union(rolesByScope.Select(group => group.Key).Order(StringComparer.Ordinal)).Select(scope => new ScopeResource
            {
                Tag = TagOf(scope),
                Name = scope,
                Description = scope[(scope.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace('_', ' '),
                Roles = [.. rolesByScope[scope]],
            }),
        ];
        return new ScopeListResource { Count = list.Count, List = list };
    }

    /// <summary>Roles per scope with the roles' stored names. The administrator's role keeps what it has, or nobody could undo a mistake.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> CheckAsync(
        string organization, ScopeListResource wanted, ILookup<string, string> stored)
    {
        var result = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in wanted.List)
        {
            var scope = Scope.CheckName(entry.Name);
            if (!_known.Contains(scope) && !stored.Contains(scope))
            {
                throw Refusal.BadRequest($"There is no REST scope '{scope}'.", 900982);
            }

            if (stored[scope].Contains(options.AdminRole, StringComparer.OrdinalIgnoreCase)
                && !entry.Roles.Contains(options.AdminRole, StringComparer.OrdinalIgnoreCase))
            {
                throw Refusal.Conflict(
                    409, "Administrator role", $"The role '{options.AdminRole}' keeps the scope '{scope}', so that the system stays administrable.");
            }

            if (!result.TryAdd(scope, await NamedAsync(organization, entry.Roles)))
            {
                throw Refusal.BadRequest($"The scope '{scope}' stands twice.", 900982);
            }
        }

        return result;
    }

    public async Task<IReadOnlyList<RoleAlias>> CheckAliasesAsync(string organization, AliasListResource wanted)
    {
        List<RoleAlias> result = [];
        foreach (var entry in wanted.List)
        {
            var role = (await NamedAsync(organization, [entry.Role ?? ""]))[0];
            // A role is named among its own aliases by the field's clients; it needs no row.
            var aliases = (await NamedAsync(organization, entry.Aliases)).Where(alias => alias != role).ToList();
            if (result.Any(known => known.Role == role))
            {
                throw Refusal.BadRequest($"The role '{role}' stands twice.", 900601);
            }

            result.Add(new RoleAlias(role, aliases));
        }

        return [.. result.Where(alias => alias.Aliases.Count > 0)];
    }

    private async Task<IReadOnlyList<string>> NamedAsync(string organization, IReadOnlyList<string> names)
    {
        var known = await roles.NamedAsync(organization, names);
        return names.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Refusal.BadRequest($"There is no role '{unknown}'.", 900601)
            : known;
    }

    private static string TagOf(string scope) => PortalScopes.Contains(scope) ? "devportal"
        : scope.StartsWith("apim:admin", StringComparison.Ordinal) || DefaultRoles.AdministratorsOnly.Contains(scope) ? "admin"
        : "publisher";
}
