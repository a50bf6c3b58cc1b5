using System.Globalization;

namespace Tollgate.Model;

/// <summary>How many stars somebody gives an API.</summary>
public sealed record Rating
{
    public const int Most = 5;

    public required string Id { get; init; }

    public required string ApiId { get; init; }

    public required string RatedBy { get; init; }

    public int Stars { get; init; }

    public static int CheckStars(int stars) => stars is >= 1 and <= Most
        ? stars
        : throw Refusal.BadRequest($"A rating is a whole number from 1 to {Most}.");
}

/// <summary>All ratings of an API in two numbers.</summary>
public sealed record RatingSum(long Count, long Stars)
{
    public static readonly RatingSum None = new(0, 0);

    /// <summary>The mean as text with one digit after the point, as the contract has it; "0" without any rating.</summary>
    public string Average => Count == 0
        ? "0"
        : Math.Round((decimal)Stars / Count, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);
}
