using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>Which APIs a list shows.</summary>
public sealed record ApiQuery
{
    public required string Organization { get; init; }

    /// <summary>Part of the name, case does not matter; null for all.</summary>
    public string? NameContains { get; init; }

    /// <summary>Only these states; null for all.</summary>
    public IReadOnlyList<LifecycleState>? States { get; init; }

    /// <summary>Only API products, or none of them; null for both.</summary>
    public bool? Products { get; init; }

    internal string Where =>
        "organization = @organization"
        + (NameContains is null ? "" : " AND name_key LIKE @pattern ESCAPE '!'")
        + (Products is { } products ? $" AND is_product = {(products ? 1 : 0)}" : "")
        + (States is null ? "" : " AND state IN @states");

    internal object Arguments(PageRequest page) => new
    {
        organization = Organization,
        pattern = NameContains is null ? null : NameKey.Contains(NameContains),
        states = (States ?? []).Select(EnumText<LifecycleState>.Of),
        limit = page.Limit,
        offset = page.Offset,
    };
}
