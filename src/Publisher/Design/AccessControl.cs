using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Design;

/// <summary>Who sees an API: developers by its visibility, publishers by its access control.</summary>
internal sealed class AccessControl(RoleStore roles, Viewers viewers)
{
    private const int UnknownRole = 900601;

    /// <summary>Refuses a publisher whom access control does not admit; in lists such APIs are left out.</summary>
    public void RefuseUnadmitted(Caller caller, Api api)
    {
        if (!viewers.Publisher(caller).IsAdmitted(api.Design.RolesOfAccess()))
        {
            throw Refusal.Forbidden("You are not authorized to view or change this API: its access control names roles that you do not have.");
        }
    }

    /// <summary>Refuses a design that would shut out whoever saves it.</summary>
    public void RefuseLockout(Caller caller, ApiDesign design)
    {
        if (!viewers.Publisher(caller).IsAdmitted(design.RolesOfAccess()))
        {
            throw Refusal.BadRequest("accessControlRoles must contain a role that you have yourself; you would not see the API any more.", UnknownRole);
        }
    }

    /// <summary>The roles as they are stored; none unless visibility is restricted.</summary>
    public Task<IReadOnlyList<string>> VisibleRolesAsync(string organization, ApiDesign design) => design.Visibility switch
    {
        "PUBLIC" or "PRIVATE" => Task.FromResult<IReadOnlyList<string>>([]),
        "RESTRICTED" => NamedAsync(organization, "visibleRoles", design.VisibleRoles),
        _ => throw Refusal.BadRequest($"visibility '{design.Visibility}' is none of PUBLIC, PRIVATE, RESTRICTED."),
    };

    /// <summary>The roles as they are stored; none unless access is restricted.</summary>
    public Task<IReadOnlyList<string>> AccessRolesAsync(string organization, ApiDesign design) => design.AccessControl switch
    {
        "NONE" => Task.FromResult<IReadOnlyList<string>>([]),
        "RESTRICTED" => NamedAsync(organization, "accessControlRoles", design.AccessControlRoles),
        _ => throw Refusal.BadRequest($"accessControl '{design.AccessControl}' is none of NONE, RESTRICTED."),
    };

    private async Task<IReadOnlyList<string>> NamedAsync(string organization, string field, IReadOnlyList<string> names)
    {
        var wanted = names.Select(name => name.Trim()).Where(name => name.Length > 0).ToList();
        if (wanted.Count == 0)
        {
            throw Refusal.BadRequest($"RESTRICTED needs at least one role in {field}.", UnknownRole);
        }

        var known = await roles.NamedAsync(organization, wanted);
        return wanted.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw Refusal.BadRequest($"{field} names the role '{unknown}', which does not exist.", UnknownRole)
            : known;
    }
}
