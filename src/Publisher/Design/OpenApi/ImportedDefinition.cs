using Tollgate.Model;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>What an API is made of, read from an OpenAPI document.</summary>
internal sealed record ImportedDefinition
{
    /// <summary>The whole document as JSON, members in their order.</summary>
    public required string Json { get; init; }

    /// <summary>The version of OpenAPI in which the document came.</summary>
    public required string OpenApiVersion { get; init; }

    public required string Title { get; init; }

    public required string Version { get; init; }

    public string? Description { get; init; }

    /// <summary>In document order, with what the document itself says about each.</summary>
    public required IReadOnlyList<ImportedOperation> Imported { get; init; }

    public IReadOnlyList<Operation> Operations => [.. Imported.Select(imported => imported.Operation)];

    /// <summary>The scopes that the document declares, then those that operations require without a declaration.</summary>
    public required IReadOnlyList<Scope> Scopes { get; init; }

    public required IReadOnlyList<string> ProductionUrls { get; init; }

    public required IReadOnlyList<string> SandboxUrls { get; init; }

    /// <summary>Where the document says that the API is served.</summary>
    public required IReadOnlyList<string> ServerUrls { get; init; }

    /// <summary>Header for the token, if the document names one.</summary>
    public string? AuthorizationHeader { get; init; }

    /// <summary>http, https or both; empty when the document does not say.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? BasePath { get; init; }
}

/// <summary>An operation of a document, and which of its settings the document states rather than leaves to their defaults.</summary>
internal sealed record ImportedOperation(Operation Operation, bool StatesAuthType, bool StatesThrottlingPolicy, bool StatesScopes);
