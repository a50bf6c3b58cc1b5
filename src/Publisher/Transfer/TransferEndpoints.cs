using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Transfer;

/// <summary>Export and import of whole APIs and API products as archives.</summary>
internal sealed class TransferEndpoints(
    ApiLookup lookup, ApiStore apis, RevisionStore revisions, ExportApi export, ImportApi importApi, ImportProduct importProduct,
    PublisherOptions options)
{
    // Boundaries and part headers beside the archive itself.
    private const int FormOverhead = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis/export", ExportAsync).Needs(
            RestScopes.ApiCreate, RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView);
        routes.MapPost("/apis/import", ImportAsync).Needs(RestScopes.Admin, RestScopes.ApiImportExport);
        routes.MapGet("/api-products/export", ExportProductAsync).Needs(RestScopes.ApiProductImportExport, RestScopes.ApiView);
        routes.MapPost("/api-products/import", ImportProductAsync).Needs(RestScopes.ApiProductImportExport);
    }

    private async Task ExportAsync(HttpContext http)
    {
        var api = await NeedAsync(http);
        var credentials = http.Flag("preserveCredentials");
        if (credentials && !http.Caller().Has(RestScopes.ApiImportExport) && !http.Caller().Has(RestScopes.ApiManage))
        {
            throw Refusal.Forbidden($"Exporting credentials needs the scope {RestScopes.ApiImportExport} or {RestScopes.ApiManage}.");
        }

        var request = (await RequestAsync(http, api)) with { PreserveCredentials = credentials, Environment = http.Query("gatewayEnvironment") };
        await AnswerAsync(http, api, await export.RunAsync(api, http.Caller().UserName, request));
    }

    private async Task ExportProductAsync(HttpContext http)
    {
        var named = await NamedAsync(http);
        var product = await lookup.NeedProductAsync(http.Caller(), named.Id);
        await AnswerAsync(http, product, await export.RunProductAsync(product, http.Caller().UserName, await RequestAsync(http, product)));
    }

    private async Task ImportAsync(HttpContext http)
    {
        if (http.Flag("dryRun"))
        {
            throw Refusal.BadRequest("dryRun checks governance rules, which are not available in this version.");
        }

        var (api, revision) = await importApi.RunAsync(
            http.Caller(), ArchivedApi.Read(await ArchiveAsync(http), options.DefinitionLimit),
            new ImportRequest(http.Flag("preserveProvider", true), http.Flag("overwrite"), http.Flag("rotateRevision")));
        await JsonAnswer.WriteAsync(http, new ImportAnswer(api.Id, revision?.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task ImportProductAsync(HttpContext http)
    {
        var ofProduct = new ImportRequest(
            http.Flag("preserveProvider", true), http.Flag("overwriteAPIProduct"), http.Flag("rotateRevision"));
        var overwriteApis = http.Flag("overwriteAPIs");
        await importProduct.RunAsync(
            http.Caller(), ArchivedProduct.Read(await ArchiveAsync(http), options.DefinitionLimit), ofProduct,
            overwriteApis || http.Flag("importAPIs") ? ofProduct with { Overwrite = overwriteApis } : null);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<byte[]> ArchiveAsync(HttpContext http) =>
        await (await MultipartForm.ReadAsync(http, options.ArchiveLimit + FormOverhead)).FileAsync("file")
            ?? throw Refusal.BadRequest("Send the archive as 'file'.");

    private static Task AnswerAsync(HttpContext http, Api api, byte[] archive) =>
        FileAnswer.DownloadAsync(http, new MediaContent("application/zip", archive), ExportApi.RootOf(api) + ".zip");

    private async Task<ExportRequest> RequestAsync(HttpContext http, Api api) =>
        new(await RevisionAsync(http, api), IsJson(http), http.Flag("preserveStatus", true), PreserveCredentials: false, Environment: null);

    // By id, or as scripts know an API: by name, version and, if they like, provider.
    private async Task<Api> NeedAsync(HttpContext http)
    {
        if (http.Query("apiId") is { } id)
        {
            return await lookup.NeedAsync(http.Caller(), id);
        }

        return await lookup.NeedAsync(http.Caller(), (await NamedAsync(http)).Id);
    }

    private async Task<Api> NamedAsync(HttpContext http)
    {
        var (name, version, provider) = (http.NeedQuery("name"), http.NeedQuery("version"), http.Query("providerName"));
        return await apis.FindAsync(http.Caller().Organization, name, version) is { } api && (provider is null || provider == api.Provider)
            ? api
            : throw Refusal.NotFound(900308, "API", $"{name} {version}");
    }

    private async Task<Revision?> RevisionAsync(HttpContext http, Api api)
    {
        var (number, latest) = (http.Query("revisionNumber"), http.Flag("latestRevision"));
        if (number is null && !latest)
        {
            return null;
        }

        var all = await revisions.ListAsync(api.Id);
        return latest
            ? all.LastOrDefault() ?? throw Refusal.NotFound(900347, "revision", "latest")
            : all.FirstOrDefault(revision => revision.Number.ToString(CultureInfo.InvariantCulture) == number)
                ?? throw Refusal.NotFound(900347, "revision", number!);
    }

    private static bool IsJson(HttpContext http) => http.Query("format")?.ToUpperInvariant() switch
    {
        null or "YAML" => false,
        "JSON" => true,
        var other => throw Refusal.BadRequest($"format is JSON or YAML, not '{other}'."),
    };

    private sealed record ImportAnswer(string Id, string? Revision);
}
