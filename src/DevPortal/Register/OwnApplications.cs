using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Register;

/// <summary>Finds the application that a request names among the caller's own.</summary>
internal sealed class OwnApplications(ApplicationStore applications)
{
    /// <summary>Somebody else's application reads as not there.</summary>
    public async Task<Application> NeedAsync(Caller caller, string id) =>
        await applications.FindAsync(caller.Organization, id) is { } application && application.Owner == caller.UserName
            ? application
            : throw Refusal.NotFound(900307, "application", id);
}
