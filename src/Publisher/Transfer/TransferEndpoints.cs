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

/// <summary>Export and import of whole APIs as archives.</summary>
internal sealed class TransferEndpoints(
    ApiLookup lookup, ApiStore apis, RevisionStore revisions, ExportApi export, ImportApi import, PublisherOptions options)
{
    // Boundaries and part headers beside the archive itself.
    private const int FormOverhead = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/apis/export", ExportAsync).Needs(
            RestScopes.ApiCreate, RestScopes.ApiImportExport, RestScopes.ApiManage, RestScopes.ApiPublish, RestScopes.ApiView);
        routes.MapPost("/apis/import", ImportAsync).Needs(RestScopes.Admin, RestScopes.ApiImportExport);
    }

    private async Task ExportAsync(HttpContext http)
    {
        var api = await NeedAsync(http);
        var credentials = http.Flag("preserveCredentials");
        if (credentials && !http.Caller().Has(RestScopes.ApiImportExport) && !http.Caller().Has(RestScopes.ApiManage))
        {
            throw Refusal.Forbidden($"Exporting credentials needs the scope {RestScopes.ApiImportExport} or {RestScopes.ApiManage}.");
        }

        var archive = await export.RunAsync(
            api, http.Caller().UserName,
            new ExportRequest(
                await RevisionAsync(http, api), IsJson(http), http.Flag("preserveStatus", true), credentials, http.Query("gatewayEnvironment")));
        await FileAnswer.DownloadAsync(http, new MediaContent("application/zip", archive), ExportApi.RootOf(api) + ".zip");
    }

    private async Task ImportAsync(HttpContext http)
    {
        if (http.Flag("dryRun"))
        {
            throw Refusal.BadRequest("dryRun checks governance rules, which are not available in this version.");
        }

        var form = await MultipartForm.ReadAsync(http, options.ArchiveLimit + FormOverhead);
        var zip = await form.FileAsync("file") ?? throw Refusal.BadRequest("Send the archive as 'file'.");
        var (api, revision) = await import.RunAsync(
            http.Caller(), ArchivedApi.Read(zip, options.DefinitionLimit),
            new ImportRequest(http.Flag("preserveProvider", true), http.Flag("overwrite"), http.Flag("rotateRevision")));
        await JsonAnswer.WriteAsync(http, new ImportAnswer(api.Id, revision?.Number.ToString(CultureInfo.InvariantCulture)));
    }

    // By id, or as scripts know an API: by name, version and, if they like, provider.
    private async Task<Api> NeedAsync(HttpContext http)
    {
        if (http.Query("apiId") is { } id)
        {
            return await lookup.NeedAsync(http.Caller(), id);
        }

        var (name, version, provider) = (http.NeedQuery("name"), http.NeedQuery("version"), http.Query("providerName"));
        return await apis.FindAsync(http.Caller().Organization, name, version) is { } api && (provider is null || provider == api.Provider)
            ? await lookup.NeedAsync(http.Caller(), api.Id)
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
