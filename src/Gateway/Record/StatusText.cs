using System.Globalization;

namespace Tollgate.Gateway.Record;

/// <summary>Status codes as label values, made once.</summary>
internal static class StatusText
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 600).Select(status => status.ToString(CultureInfo.InvariantCulture))];

    public static string Of(int status) => status is >= 100 and < 600 ? Texts[status] : "other";

    public static string ClassOf(int status) => status is >= 100 and < 600 ? Texts[status / 100] + "xx" : "other";
}
