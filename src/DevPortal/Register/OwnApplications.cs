using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Register;

/// <summary>Finds the application that a request names among the caller's own and those shared with his groups.</summary>
internal sealed class OwnApplications(ApplicationStore applications, DevPortalOptions options)
{
    /// <summary>An application that the caller may see and use. Somebody else's reads as not there.</summary>
    public async Task<Application> NeedAsync(Caller caller, string id) =>
        await FindAsync(caller, id) ?? throw Refusal.NotFound(900307, "application", id);

    /// <summary>The application if the caller may see and use it.</summary>
    public async Task<Application?> FindAsync(Caller caller, string id) =>
        await applications.FindAsync(caller.Organization, id) is { } application && (IsOwner(caller, application) || IsShared(caller, application))
            ? application
            : null;

    /// <summary>An application that the caller may change: his own, or a shared one where the setting allows it.</summary>
    public async Task<Application> NeedToChangeAsync(Caller caller, string id)
    {
        var application = await NeedAsync(caller, id);
        return MayChange(caller, application)
            ? application
            : throw Refusal.Forbidden("The application is shared with you; only its owner may change it.");
    }

    /// <summary>Whether the caller, who sees the application, may change it too.</summary>
    public bool MayChange(Caller caller, Application application) => IsOwner(caller, application) || options.GroupsMayUpdate;

    /// <summary>What of a list of applications the caller sees; with a group, only what is shared with it.</summary>
    public ApplicationQuery Query(Caller caller, string? group = null)
    {
        var groups = options.ApplicationSharing ? caller.Groups : [];
        return new ApplicationQuery(caller.Organization, caller.UserName)
        {
            SharedOnly = group is not null,
            Groups = [.. groups.Where(name => group is null || name.Equals(group, StringComparison.OrdinalIgnoreCase))],
        };
    }

    private static bool IsOwner(Caller caller, Application application) => application.Owner == caller.UserName;

    private bool IsShared(Caller caller, Application application) =>
        options.ApplicationSharing && application.Groups.Any(group => caller.Groups.Contains(group, StringComparer.OrdinalIgnoreCase));
}
