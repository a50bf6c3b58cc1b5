using System.Globalization;
using System.Text.RegularExpressions;

namespace Tollgate.Server.Configuration;

/// <summary>Times as the configuration writes them: a whole number and a unit, like 15m.</summary>
internal static partial class TimeText
{
    /// <summary>The units with their milliseconds, largest first.</summary>
    private static readonly (string Name, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    /// <summary>The time, with a bare number in <paramref name="bareUnit"/>; null for what is not a time or is too long.</summary>
    public static TimeSpan? Parse(string text, string bareUnit)
    {
        var match = NumberAndUnit().Match(text.Trim());
        var name = match.Groups["unit"].Value is { Length: > 0 } written ? written : bareUnit;
        var unit = Array.Find(Units, unit => unit.Name == name).Milliseconds;
        if (unit == 0 || !long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var limit = TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond / unit;
        return number >= -limit && number <= limit ? TimeSpan.FromMilliseconds(number * unit) : null;
    }

    /// <summary>The time in the largest unit that needs no fraction; parts of a millisecond are dropped.</summary>
    public static string Format(TimeSpan time)
    {
        var milliseconds = time.Ticks / TimeSpan.TicksPerMillisecond;
        var unit = milliseconds == 0 ? Units.Single(unit => unit.Name == "s") : Units.First(unit => milliseconds % unit.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit.Milliseconds}{unit.Name}");
    }

    [GeneratedRegex("^(?<number>[+-]?[0-9]+) *(?<unit>[a-z]*)$")]
    private static partial Regex NumberAndUnit();
}
