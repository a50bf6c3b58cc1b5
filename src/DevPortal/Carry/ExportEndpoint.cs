using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Carry;

/// <summary>GET /applications/export: an application of any owner of the organization as an archive.</summary>
internal sealed class ExportEndpoint(
    ApplicationStore applications, SubscriptionStore subscriptions, CredentialStore credentials, ApiStore apis)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/applications/export", ExportAsync).Needs(RestScopes.ApplicationImportExport);

    private async Task ExportAsync(HttpContext http)
    {
        var (name, owner) = (http.NeedQuery("appName"), http.NeedQuery("appOwner"));
        var asYaml = http.Query("format")?.ToUpperInvariant() switch
        {
            null or "YAML" => true,
            "JSON" => false,
            _ => throw Refusal.BadRequest("format is JSON or YAML."),
        };
        var application = await applications.FindByNameAsync(http.Caller().Organization, owner, name)
            ?? throw Refusal.NotFound(900307, "application", name);
        var archive = new ApplicationArchive
        {
            Data = new ArchivedApplication
            {
                ApplicationInfo = Info(application),
                Subscriptions = await SubscriptionsAsync(application),
                Keys = http.Flag("withKeys") ? [.. (await credentials.ListAsync(application.Id)).Select(Key)] : [],
            },
        };
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"application.zip\"";
        await http.Response.Body.WriteAsync(archive.Pack(asYaml), http.RequestAborted);
    }

    private async Task<IReadOnlyList<ArchivedSubscription>> SubscriptionsAsync(Application application)
    {
        var whose = new ApplicationQuery(application.Organization, application.Owner);
        var all = await subscriptions.ListAsync(
            new SubscriptionQuery(whose, null, application.Id), new PageRequest(0, PageRequest.MaxLimit));
        var apiOf = await apis.FindAsync([.. all.Items.Select(subscription => subscription.ApiId)]);
        return
        [
            .. from subscription in all.Items
               let api = apiOf.GetValueOrDefault(subscription.ApiId)
               where api is not null
               select new ArchivedSubscription(api.Name, api.Version, subscription.Plan),
        ];
    }

    private static ArchivedInfo Info(Application application) => new()
    {
        Name = application.Name,
        Owner = application.Owner,
        ThrottlingPolicy = application.ThrottlingPolicy,
        Description = application.Description,
        TokenType = application.TokenType,
        Groups = application.Groups,
        Attributes = application.Attributes,
    };

    private static ArchivedKey Key(Credential credential) => new()
    {
        KeyType = EnumText<KeyType>.Of(credential.KeyType),
        SupportedGrantTypes = credential.GrantTypes,
        CallbackUrl = credential.CallbackUrl,
        AdditionalProperties = KeyTerms.Of(credential),
    };
}
