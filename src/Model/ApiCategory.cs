namespace Tollgate.Model;

/// <summary>A heading that administrators offer and publishers put their APIs under.</summary>
public sealed record ApiCategory
{
    private const int MaxDescription = 1024;

    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>How many APIs name it.</summary>
    public int Apis { get; init; }

    public long RowVersion { get; init; }

    public static string CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 255 || name != name.Trim() || name.Any(IsForbidden)
            ? throw Refusal.BadRequest("The name of a category has 1 to 255 characters, no spaces at its ends and none of ~!@#;%^*()+={}|<>\"',&$[]/\\.")
            : name;

    private static bool IsForbidden(char c) => char.IsControl(c) || "~!@#;%^*()+={}|<>\"',&$[]/\\".Contains(c);

    public static string? CheckDescription(string? description) => description?.Length > MaxDescription
        ? throw Refusal.BadRequest($"The description of a category has at most {MaxDescription} characters.")
        : description;
}
