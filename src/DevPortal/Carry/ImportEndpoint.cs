using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Carry;

/// <summary>POST /applications/import: makes or renews an application from an archive.</summary>
internal sealed class ImportEndpoint(ImportApplication import, UserStore users, ApplicationPages pages)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/applications/import", ImportAsync).Needs(RestScopes.ApplicationImportExport);

    private async Task ImportAsync(HttpContext http)
    {
        var form = await MultipartForm.ReadAsync(http, ApplicationArchive.MostBytes);
        var archive = ApplicationArchive.Unpack(await form.FileAsync("file") ?? throw Refusal.BadRequest("The form has no part 'file'."));
        var caller = http.Caller();
        var options = new ImportOptions(
            await OwnerAsync(http, caller, archive.Data.ApplicationInfo.Owner), http.Flag("update"), http.Flag("skipSubscriptions"),
            http.Flag("skipApplicationKeys"), http.Flag("ignoreTier"));
        var (application, subscribed, skipped) = await import.RunAsync(http, caller, archive.Data, options);
        if (skipped.Count > 0)
        {
            await JsonAnswer.WriteAsync(http, Lists.Whole(skipped), StatusCodes.Status207MultiStatus);
        }
        else
        {
            await JsonAnswer.WriteAsync(http, pages.Listing(application, subscribed));
        }
    }

    // appOwner says it; else the archive where that is asked for; else whoever imports.
    private async Task<string> OwnerAsync(HttpContext http, Caller caller, string archived)
    {
        var name = http.Query("appOwner") ?? (http.Flag("preserveOwner") ? archived : caller.UserName);
        return (await users.FindByNameAsync(caller.Organization, name))?.Name
            ?? throw Refusal.BadRequest($"There is no user '{name}' to own the application; name another one with appOwner.");
    }
}

/// <summary>What an import is told to do.</summary>
internal sealed record ImportOptions(string Owner, bool Update, bool SkipSubscriptions, bool SkipKeys, bool AnyPlan);
