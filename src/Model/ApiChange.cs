using System.Text.Json;

namespace Tollgate.Model;

/// <summary>One entry of an API's history: who changed what, and when.</summary>
public sealed record ApiChange
{
    public required string Id { get; init; }

    public required string ApiId { get; init; }

    /// <summary>What happened, for example <c>design.updated</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What of the API it happened to: a document's name, a revision, an environment; empty for the API itself.</summary>
    public string Subject { get; init; } = "";

    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    public required string ChangedBy { get; init; }

    /// <summary>Unix time in milliseconds.</summary>
    public long ChangedAt { get; init; }
}

/// <summary>A field with its value before and after; null where it was or is not there.</summary>
public sealed record FieldChange(string Field, JsonElement? Before, JsonElement? After);
