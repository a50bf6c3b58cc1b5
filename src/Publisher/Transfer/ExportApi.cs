using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Documents;

namespace Tollgate.Publisher.Transfer;

/// <summary>How an export is asked for.</summary>
/// <param name="Revision">The revision to take; null takes the working copy.</param>
/// <param name="Json">JSON instead of YAML.</param>
/// <param name="PreserveStatus">Keep the lifecycle state; else the archive says CREATED.</param>
/// <param name="PreserveCredentials">Keep backend credentials.</param>
/// <param name="Environment">Only the deployment on this environment; null for all.</param>
internal sealed record ExportRequest(
    Revision? Revision, bool Json, bool PreserveStatus, bool PreserveCredentials, string? Environment);

/// <summary>An API with everything that belongs to it, as an archive in the field's project layout.</summary>
internal sealed class ExportApi(ApiStore apis, RevisionStore revisions, DocumentStore documents, ThumbnailStore thumbnails)
{
    public async Task<byte[]> RunAsync(Api api, string viewer, ExportRequest request)
    {
        var (design, content) = request.Revision is { } revision
            ? await revisions.ContentAsync(revision) ?? throw Refusal.NotFound(900347, "revision", revision.Id)
            : (api.Design, await apis.ContentAsync(api.Id));
        using var archive = new ArchiveWriter(
            RootOf(api), request.Json, DateTimeOffset.FromUnixTimeMilliseconds(api.UpdatedAt));
        archive.AddPart(ArchiveLayout.Api, "api", Shown(api with { Design = design }, content, request));
        archive.Add(ArchiveLayout.Meta, new JsonObject { ["name"] = api.Name, ["version"] = api.Version });
        await AddDeploymentsAsync(archive, api, request);
        archive.Add(ArchiveLayout.Definition, StoredDefinition.Read(content.Definition));
        await AddDocumentsAsync(archive, api, viewer);
        if (await thumbnails.FindAsync(api.Id) is { } icon)
        {
            archive.Add(ArchiveLayout.Icon + Icon.ExtensionOf(icon.Image.MediaType), icon.Image.Bytes);
        }

        return archive.Finish();
    }

    public static string RootOf(Api api) => ArchiveLayout.Segment($"{api.Name}-{api.Version}", new HashSet<string>());

    private static ApiResource Shown(Api api, ApiContent content, ExportRequest request)
    {
        var shown = ApiResource.Of(api, content.Operations);
        return shown with
        {
            LifeCycleStatus = request.PreserveStatus ? shown.LifeCycleStatus : EnumText<LifecycleState>.Of(LifecycleState.Created),
            EndpointConfig = request.PreserveCredentials ? shown.EndpointConfig : EndpointSecrets.Remove(shown.EndpointConfig),
        };
    }

    private async Task AddDeploymentsAsync(ArchiveWriter archive, Api api, ExportRequest request)
    {
        IReadOnlyList<ArchivedDeployment> places =
        [
            .. (await revisions.DeploymentsAsync(api.Id))
                .Where(deployment => request.Revision is null || deployment.RevisionId == request.Revision.Id)
                .Where(deployment => request.Environment is null || deployment.Environment == request.Environment)
                .Select(deployment => new ArchivedDeployment
                {
                    DisplayOnDevportal = deployment.DisplayOnDevportal,
                    DeploymentEnvironment = deployment.Environment,
                    DeploymentVhost = deployment.VirtualHost,
                }),
        ];
        if (places.Count > 0)
        {
            archive.AddPart(ArchiveLayout.Deployments, "deployment_environments", places);
        }
    }

    private async Task AddDocumentsAsync(ArchiveWriter archive, Api api, string viewer)
    {
        var folders = new HashSet<string>();
        var page = new PageRequest(0, PageRequest.MaxLimit);
        for (var total = 1; page.Offset < total; page = page with { Offset = page.Offset + page.Limit })
        {
            var found = await documents.ListAsync(new DocumentQuery(api.Id, viewer), page);
            total = found.Total;
            foreach (var document in found.Items)
            {
                await AddDocumentAsync(archive, document, $"{ArchiveLayout.Documents}/{ArchiveLayout.Segment(document.Name, folders)}");
            }
        }
    }

    private async Task AddDocumentAsync(ArchiveWriter archive, Document document, string folder)
    {
        archive.AddPart($"{folder}/{ArchiveLayout.Document}", "document", DocumentResource.Of(document));
        if (await documents.ContentAsync(document.Id) is { } content)
        {
            // The names of the document's own description are taken.
            var taken = ArchiveLayout.TextExtensions.Select(extension => (ArchiveLayout.Document + extension).ToUpperInvariant()).ToHashSet();
            archive.Add($"{folder}/{ArchiveLayout.Segment(document.DownloadName, taken)}", content.Bytes);
        }
    }
}

/// <summary>A deployment as archives have it.</summary>
internal sealed record ArchivedDeployment
{
    public bool DisplayOnDevportal { get; init; } = true;

    public string? DeploymentEnvironment { get; init; }

    public string? DeploymentVhost { get; init; }
}
