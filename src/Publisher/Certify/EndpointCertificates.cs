using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Certificates;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Certify;

/// <summary>/endpoint-certificates: certificates of back ends.</summary>
internal sealed class EndpointCertificates(CertificateStore certificates, CertificateUpload upload, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read =
            [RestScopes.ApiView, RestScopes.ApiManage, RestScopes.EndpointCertificatesView, RestScopes.EndpointCertificatesManage];
        string[] write =
            [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.EndpointCertificatesUpdate, RestScopes.EndpointCertificatesManage];
        routes.MapGet("/endpoint-certificates", ListAsync).Needs(read);
        routes.MapPost("/endpoint-certificates", AddAsync).Needs(
            RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.EndpointCertificatesAdd, RestScopes.EndpointCertificatesManage);
        routes.MapGet("/endpoint-certificates/{alias}", GetAsync).Needs(read);
        routes.MapPut("/endpoint-certificates/{alias}", ReplaceAsync).Needs(write);
        routes.MapDelete("/endpoint-certificates/{alias}", DeleteAsync).Needs(write);
        routes.MapGet("/endpoint-certificates/{alias}/content", ContentAsync).Needs(read);
        routes.MapGet("/endpoint-certificates/{alias}/usage", UsageAsync).Needs(read);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var query = new CertificateQuery
        {
            Organization = http.Caller().Organization,
            Purpose = CertificatePurpose.Endpoint,
            Alias = http.Query("alias"),
            Target = http.Query("endpoint"),
        };
        var found = await certificates.ListAsync(query, page);
        await JsonAnswer.WriteAsync(
            http, CertificateList<EndpointCertificate>.Of(http, page, found.Total, [.. found.Items.Select(EndpointCertificate.Of)]));
    }

    private async Task AddAsync(HttpContext http)
    {
        var caller = http.Caller();
        var form = await CertificateUpload.ReadAsync(http);
        var endpoint = form.Text("endpoint") ?? "";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "wss") || endpoint.Length > 255)
        {
            throw Refusal.BadRequest("'endpoint' is the https address of the back end that presents the certificate.");
        }

        var certificate = new TrustedCertificate
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = caller.Organization,
            Purpose = CertificatePurpose.Endpoint,
            Alias = CertificateUpload.Alias(form),
            Target = endpoint,
            Content = await upload.NeedContentAsync(form),
        };
        await certificates.AddAsync(certificate, caller.UserName);
        EntityTag.Set(http, 1);
        http.Response.Headers.Location = $"{PublisherModule.BasePath}/endpoint-certificates/{certificate.Alias}";
        await JsonAnswer.WriteAsync(http, EndpointCertificate.Of(certificate));
    }

    private async Task GetAsync(HttpContext http)
    {
        var certificate = await NeedAsync(http);
        EntityTag.Set(http, certificate.RowVersion);
        await JsonAnswer.WriteAsync(http, CertificateInformation.Of(certificate, time.GetUtcNow()));
    }

    private async Task ReplaceAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, "certificate");
        var changed = stored with { Content = await upload.NeedContentAsync(await CertificateUpload.ReadAsync(http)) };
        await certificates.ReplaceAsync(changed, http.Caller().UserName);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, EndpointCertificate.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, "certificate");
        await certificates.DeleteAsync(stored, http.Caller().UserName);
    }

    private async Task ContentAsync(HttpContext http) => await CertificateDownload.WriteAsync(http, await NeedAsync(http));

    private async Task UsageAsync(HttpContext http)
    {
        var certificate = await NeedAsync(http);
        var page = http.Page();
        var found = await certificates.UsersAsync(certificate.Organization, certificate.Target, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(ApiMetadata.Of)]));
    }

    private async Task<TrustedCertificate> NeedAsync(HttpContext http)
    {
        var alias = http.Path("alias");
        return await certificates.FindAsync(http.Caller().Organization, "", CertificatePurpose.Endpoint, alias)
            ?? throw Refusal.NotFound(404, "certificate", alias);
    }

    private sealed record EndpointCertificate(string Alias, string Endpoint)
    {
        public static EndpointCertificate Of(TrustedCertificate certificate) => new(certificate.Alias, certificate.Target);
    }

    private sealed record ApiMetadata(string Id, string Name, string Context, string Version, string Provider)
    {
        public static ApiMetadata Of(Api api) => new(api.Id, api.Name, api.Context, api.Version, api.Provider);
    }
}
