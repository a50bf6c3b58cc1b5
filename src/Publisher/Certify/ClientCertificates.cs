using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Certificates;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Certify;

/// <summary>
/// /apis/{apiId}/client-certs/{keyType}: certificates whose holders may call an API under a plan; and /client-certificates, the older path of
/// those for production.
/// </summary>
internal sealed class ClientCertificates(ApiLookup apis, CertificateStore certificates, CertificateUpload upload, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.ApiView, RestScopes.ApiManage, RestScopes.ClientCertificatesView, RestScopes.ClientCertificatesManage];
        foreach (var path in (string[])["/apis/{apiId}/client-certificates", "/apis/{apiId}/client-certs/{keyType}"])
        {
            routes.MapGet(path, ListAsync).Needs(read);
            routes.MapPost(path, AddAsync).Needs(
                RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ClientCertificatesAdd, RestScopes.ClientCertificatesManage);
            routes.MapGet(path + "/{alias}", GetAsync).Needs(read);
            routes.MapPut(path + "/{alias}", ReplaceAsync).Needs(
                RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ClientCertificatesManage, RestScopes.ClientCertificatesUpdate);
            routes.MapDelete(path + "/{alias}", DeleteAsync).Needs(
                RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ClientCertificatesUpdate);
            routes.MapGet(path + "/{alias}/content", ContentAsync).Needs(read);
        }
    }

    private async Task ListAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var page = http.Page();
        var query = new CertificateQuery
        {
            Organization = api.Organization,
            ApiId = api.Id,
            Purpose = PurposeOf(http),
            Alias = http.Query("alias"),
        };
        var found = await certificates.ListAsync(query, page);
        await JsonAnswer.WriteAsync(
            http, CertificateList<ClientCertificate>.Of(http, page, found.Total, [.. found.Items.Select(ClientCertificate.Of)]));
    }

    private async Task AddAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var form = await CertificateUpload.ReadAsync(http);
        var certificate = new TrustedCertificate
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = api.Organization,
            ApiId = api.Id,
            Purpose = PurposeOf(http),
            Alias = CertificateUpload.Alias(form),
            Target = Plan(api, form) ?? throw Refusal.BadRequest("'tier' names the business plan of the certificate's holders."),
            Content = await upload.NeedContentAsync(form),
        };
        await certificates.AddAsync(certificate, http.Caller().UserName);
        EntityTag.Set(http, 1);
        http.Response.Headers.Location = $"{http.Request.Path}/{certificate.Alias}";
        await JsonAnswer.WriteAsync(http, ClientCertificate.Of(certificate));
    }

    private async Task GetAsync(HttpContext http)
    {
        var (_, certificate) = await NeedAsync(http);
        EntityTag.Set(http, certificate.RowVersion);
        await JsonAnswer.WriteAsync(http, CertificateInformation.Of(certificate, time.GetUtcNow()));
    }

    private async Task ReplaceAsync(HttpContext http)
    {
        var (api, stored) = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, "certificate");
        var form = await CertificateUpload.ReadAsync(http);
        var changed = stored with
        {
            Target = Plan(api, form) ?? stored.Target,
            Content = await upload.ContentAsync(form) ?? stored.Content,
        };
        await certificates.ReplaceAsync(changed, http.Caller().UserName);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, ClientCertificate.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var (_, stored) = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, "certificate");
        await certificates.DeleteAsync(stored, http.Caller().UserName);
    }

    private async Task ContentAsync(HttpContext http) => await CertificateDownload.WriteAsync(http, (await NeedAsync(http)).Certificate);

    private Task<Api> NeedApiAsync(HttpContext http) => apis.NeedAsync(http.Caller(), http.Path("apiId"));

    private async Task<(Api Api, TrustedCertificate Certificate)> NeedAsync(HttpContext http)
    {
        var api = await NeedApiAsync(http);
        var alias = http.Path("alias");
        var certificate = await certificates.FindAsync(api.Organization, api.Id, PurposeOf(http), alias)
            ?? throw Refusal.NotFound(404, "certificate", alias);
        return (api, certificate);
    }

    private static CertificatePurpose PurposeOf(HttpContext http) => (string?)http.Request.RouteValues["keyType"] switch
    {
        null or "PRODUCTION" => CertificatePurpose.Production,
        "SANDBOX" => CertificatePurpose.Sandbox,
        var other => throw Refusal.BadRequest($"The key type is PRODUCTION or SANDBOX, not '{other}'."),
    };

    // A plan that the API offers; null when the form names none.
    private static string? Plan(Api api, MultipartForm form) => form.Text("tier") is not { } plan ? null
        : api.Design.Policies.Contains(plan) ? plan
        : throw Refusal.BadRequest($"The API does not offer the plan '{plan}'.", 900305);

    private sealed record ClientCertificate(string Alias, string ApiId, string Tier)
    {
        public static ClientCertificate Of(TrustedCertificate certificate) => new(certificate.Alias, certificate.ApiId, certificate.Target);
    }
}
