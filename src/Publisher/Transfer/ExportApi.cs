using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Compose;
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
internal sealed class ExportApi(
    ApiStore apis, RevisionStore revisions, DocumentStore documents, ThumbnailStore thumbnails, ProductSources sources)
{
    private static readonly string Created = EnumText<LifecycleState>.Of(LifecycleState.Created);

    public async Task<byte[]> RunAsync(Api api, string viewer, ExportRequest request)
    {
        using var archive = new ArchiveWriter(RootOf(api), request.Json, DateTimeOffset.FromUnixTimeMilliseconds(api.UpdatedAt));
        await AddAsync(archive, api, viewer, request);
        return archive.Finish();
    }

    /// <summary>The same for an API product, with the APIs that it is made of as they are now.</summary>
    public async Task<byte[]> RunProductAsync(Api product, string viewer, ExportRequest request)
    {
        var (design, content) = await FrozenAsync(product, request);
        using var archive = new ArchiveWriter(RootOf(product), request.Json, DateTimeOffset.FromUnixTimeMilliseconds(product.UpdatedAt));
        var shown = await sources.ShowAsync(product with { Design = design }, content);
        archive.AddPart(ArchiveLayout.Product, "api_product", request.PreserveStatus ? shown : shown with { State = Created });
        archive.Add(ArchiveLayout.ProductMeta, new JsonObject { ["name"] = product.Name, ["version"] = product.Version });
        await AddPartsAsync(archive, product, content, viewer, request);
        var folders = new HashSet<string>();
        foreach (var (_, api) in await apis.FindAsync([.. shown.Apis.Select(part => part.ApiId)]))
        {
            var folder = ArchiveLayout.Segment($"{api.Name}-{api.Version}", folders);
            await AddAsync(archive.Below($"{ArchiveLayout.Apis}/{folder}"), api, viewer, request with { Revision = null });
        }

        return archive.Finish();
    }

    public static string RootOf(Api api) => ArchiveLayout.Segment($"{api.Name}-{api.Version}", new HashSet<string>());

    private async Task AddAsync(ArchiveWriter archive, Api api, string viewer, ExportRequest request)
    {
        var (design, content) = await FrozenAsync(api, request);
        archive.AddPart(ArchiveLayout.Api, "api", Shown(api with { Design = design }, content, request));
        archive.Add(ArchiveLayout.Meta, new JsonObject { ["name"] = api.Name, ["version"] = api.Version });
        await AddPartsAsync(archive, api, content, viewer, request);
    }

    private async Task<(ApiDesign Design, ApiContent Content)> FrozenAsync(Api api, ExportRequest request) => request.Revision is { } revision
        ? await revisions.ContentAsync(revision) ?? throw Refusal.NotFound(900347, "revision", revision.Id)
        : (api.Design, await apis.ContentAsync(api.Id));

    private async Task AddPartsAsync(ArchiveWriter archive, Api api, ApiContent content, string viewer, ExportRequest request)
    {
        await AddDeploymentsAsync(archive, api, request);
        archive.Add(
            api.Design.Type == ApiTypes.WebSocket ? ArchiveLayout.TopicDefinition : ArchiveLayout.Definition,
            StoredDefinition.Read(content.Definition));
        await AddDocumentsAsync(archive, api, viewer);
        if (await thumbnails.FindAsync(api.Id) is { } icon)
        {
            archive.Add(ArchiveLayout.Icon + Icon.ExtensionOf(icon.Image.MediaType), icon.Image.Bytes);
        }
    }

    private static ApiResource Shown(Api api, ApiContent content, ExportRequest request)
    {
        var shown = ApiResource.Of(api, content.Operations);
        return shown with
        {
            LifeCycleStatus = request.PreserveStatus ? shown.LifeCycleStatus : Created,
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
