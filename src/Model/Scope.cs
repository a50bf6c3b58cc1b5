namespace Tollgate.Model;

/// <summary>A permission that a token carries and an operation asks for.</summary>
public sealed record Scope
{
    public string? Id { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Roles whose members may be granted the scope; none means every user.</summary>
    public IReadOnlyList<string> Bindings { get; init; } = [];

    /// <summary>Scope names end up in a space-separated list (RFC 6749 section 3.3), so the characters of a scope-token only.</summary>
    public static string CheckName(string? name) =>
        string.IsNullOrEmpty(name) || name.Length > 255 || name.Any(c => c is < '!' or > '~' or '"' or '\\')
            ? throw Refusal.BadRequest(
                $"'{name}' is not a scope name: 1 to 255 visible ASCII characters without spaces, quotes or backslashes.", 900982)
            : name;
}
