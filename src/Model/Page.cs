namespace Tollgate.Model;

/// <summary>One page of a list and how many entries there are in all.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Which page is asked for.</summary>
public readonly record struct PageRequest(int Offset, int Limit)
{
    public const int DefaultLimit = 25;
    public const int MaxLimit = 1000;

    /// <summary>Everything, for lists that the contract shows whole.</summary>
    public static readonly PageRequest Whole = new(0, int.MaxValue);
}
