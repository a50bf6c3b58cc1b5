using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>The large parts of an API: its operations and its OpenAPI definition (JSON text).</summary>
public sealed record ApiContent(IReadOnlyList<Operation> Operations, string Definition);

/// <summary>A row of api_contents or of the same columns in revisions.</summary>
internal sealed record ContentRow
{
    public string Operations { get; init; } = "";

    public byte[] Definition { get; init; } = [];

    public ApiContent ToContent() => new(ModelJson.Read<IReadOnlyList<Operation>>(Operations), Compressed.ToText(Definition));
}
