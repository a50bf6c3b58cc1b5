using Tollgate.Model;
using Tollgate.Publisher.Compose;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Publisher.Transfer;

/// <summary>The parts of an API as an archive has them, before any rule looked at them.</summary>
internal sealed record ArchivedApi(
    ApiResource Api, ImportedDefinition? Definition, IReadOnlyList<ArchivedDeployment> Deployments, IReadOnlyList<ArchivedDocument> Documents,
    byte[]? Icon)
{
    /// <summary>Reads an archive; refused when it is unsafe, incomplete or holds what would be lost.</summary>
    public static ArchivedApi Read(byte[] zip, int definitionLimit)
    {
        var reader = ArchiveReader.Open(zip, ArchiveLayout.Api, definitionLimit);
        var archived = Of(reader);
        reader.RefuseUnread();
        return archived;
    }

    public static ArchivedApi Of(ArchiveReader reader)
    {
        var api = reader.Part<ApiResource>(ArchiveLayout.Api, "api", FieldHabits.Adapt)
            ?? throw Refusal.BadRequest("The archive has no api.yaml or api.json.");
        reader.TakeText(ArchiveLayout.Meta);
        var definition = api.Type == ApiTypes.WebSocket ? NoneOfTopics(reader) : DefinitionIn(reader);
        return new ArchivedApi(api, definition, reader.Deployments(), reader.Documents(), reader.Icon());
    }

    private static ImportedDefinition? DefinitionIn(ArchiveReader reader) =>
        reader.TakeText(ArchiveLayout.Definition) is { } text ? DefinitionReader.Read(text.Content, reader.DefinitionLimit) : null;

    // Made of the topics, so it is made again.
    private static ImportedDefinition? NoneOfTopics(ArchiveReader reader)
    {
        reader.TakeText(ArchiveLayout.TopicDefinition);
        return null;
    }
}

/// <summary>The parts of an API product as an archive has them, the APIs it is made of among them.</summary>
internal sealed record ArchivedProduct(
    ProductResource Product, IReadOnlyList<ArchivedApi> Apis, IReadOnlyList<ArchivedDeployment> Deployments,
    IReadOnlyList<ArchivedDocument> Documents, byte[]? Icon)
{
    /// <summary>Reads an archive; refused when it is unsafe, incomplete or holds what would be lost.</summary>
    public static ArchivedProduct Read(byte[] zip, int definitionLimit)
    {
        var reader = ArchiveReader.Open(zip, ArchiveLayout.Product, definitionLimit);
        var product = reader.Part<ProductResource>(ArchiveLayout.Product, "api_product", FieldHabits.Adapt)
            ?? throw Refusal.BadRequest("The archive has no api_product.yaml or api_product.json.");
        reader.TakeText(ArchiveLayout.ProductMeta);

        // Made of the operations, so it is made again.
        reader.TakeText(ArchiveLayout.Definition);
        IReadOnlyList<ArchivedApi> apis =
            [.. reader.FoldersOf(ArchiveLayout.Apis).Select(folder => ArchivedApi.Of(reader.Below($"{ArchiveLayout.Apis}/{folder}")))];
        var archived = new ArchivedProduct(product, apis, reader.Deployments(), reader.Documents(), reader.Icon());
        reader.RefuseUnread();
        return archived;
    }
}

/// <summary>A document as an archive has it, with the file beside its description.</summary>
internal sealed record ArchivedDocument(DocumentResource Document, string? FileName, byte[]? Content);

/// <summary>A deployment as archives have it.</summary>
internal sealed record ArchivedDeployment
{
    public bool DisplayOnDevportal { get; init; } = true;

    public string? DeploymentEnvironment { get; init; }

    /// <summary>The environment in the words of the REST contract; some projects give both.</summary>
    public string? Name { get; init; }

    public string? DeploymentVhost { get; init; }
}
