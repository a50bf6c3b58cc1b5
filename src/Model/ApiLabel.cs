namespace Tollgate.Model;

/// <summary>A word that administrators offer and publishers attach to APIs, to find and govern them by.</summary>
public sealed record ApiLabel
{
    private const int MaxName = 255;
    private const int MaxDescription = 1024;

    public required string Id { get; init; }

    public required string Organization { get; init; }

    /// <summary>Unique in the organization, whatever the case.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    public long RowVersion { get; init; }

    public static string CheckName(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaxName } good && !good.Any(char.IsControl)
            ? good
            : throw Refusal.BadRequest($"'name' has 1 to {MaxName} characters.");

    public static string? CheckDescription(string? description) => description is null or { Length: <= MaxDescription }
        ? description
        : throw Refusal.BadRequest($"'description' has at most {MaxDescription} characters.");
}
