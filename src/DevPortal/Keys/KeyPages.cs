using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Register;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Applications;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>The forms of an application's page that make keys and new secrets.</summary>
internal sealed class KeyPages(OwnApplications own, OwnKeys keys, KeyRules rules, KeyApprovals approvals, CredentialStore credentials, OneApplicationPage page)
{
    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/applications/{applicationId}/keys/{keyType}", GenerateAsync).NeedsOnPage(KeyEndpoints.Use);
        pages.MapGet("/applications/{applicationId}/keys/{keyType}/regenerate", AskAsync).NeedsOnPage(KeyEndpoints.Use);
        pages.MapPost("/applications/{applicationId}/keys/{keyType}/regenerate", RegenerateAsync).NeedsOnPage(KeyEndpoints.Use)
            .Changes(DevPortalModule.BasePath + KeyEndpoints.ByType);
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var (credential, secret) = rules.Create(
            application, new KeyRequest { KeyType = http.Path("keyType"), GrantTypesToBeSupported = KeyGrants.Offered });
        var given = await approvals.CreateAsync(http.Caller(), application, credential, secret);
        await page.ShowAsync(http, given.ConsumerKey, given.ConsumerSecret);
    }

    private async Task AskAsync(HttpContext http)
    {
        var application = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        await keys.NeedWithSecretAsync(http);
        var back = new PageLink(application.Name, Portal.Developer.Link($"/applications/{application.Id}"));
        await PageAnswer.WriteAsync<ConfirmPage, Confirmation>(
            http,
            http.PageContext("Regenerate secret") with
            {
                Place = "/applications",
                Crumbs = [new PageLink("Applications", Portal.Developer.Link("/applications")), back],
            },
            new Confirmation(
                $"Every secret and every token of these keys ends at once: clients of {application.Name} are refused until they have the new secret.",
                "Regenerate secret", back.Address));
    }

    private async Task RegenerateAsync(HttpContext http)
    {
        var credential = await keys.NeedWithSecretAsync(http);
        var secret = GeneratedSecret.New();
        await credentials.ReplaceSecretAsync(credential.ConsumerKey, GeneratedSecret.Hash(secret));
        await page.ShowAsync(http, credential.ConsumerKey, secret);
    }
}
