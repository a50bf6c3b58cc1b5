namespace Tollgate.Model;

/// <summary>A named, versioned contract: the working copy that publishers edit.</summary>
public sealed record Api
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Path template as the publisher gave it, for example <c>/orders</c> or <c>/{version}/orders</c>.</summary>
    public required string Context { get; init; }

    /// <summary>User name of the creator.</summary>
    public required string Provider { get; init; }

    public LifecycleState State { get; init; }

    public bool IsDefaultVersion { get; init; }

    /// <summary>Whether somebody uploaded an icon.</summary>
    public bool HasThumbnail { get; init; }

    public required ApiDesign Design { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    /// <summary>Rises with every change; the ETag.</summary>
    public long RowVersion { get; init; }

    /// <summary>True for an API that is made of other APIs' operations.</summary>
    public bool IsProduct => Design.Type == ApiTypes.Product;

    /// <summary>The path under which gateways serve this version, for example <c>/orders/1.0</c>.</summary>
    public string ServedContext => ApiContext.Served(Organization, Context, Version);
}

/// <summary>Kinds of APIs.</summary>
public static class ApiTypes
{
    public const string Http = "HTTP";

    /// <summary>Topics over WebSocket connections.</summary>
    public const string WebSocket = "WS";

    /// <summary>Made of other APIs' operations.</summary>
    public const string Product = "APIPRODUCT";
}
