using System.Globalization;

namespace Tollgate.Web.Rest;

/// <summary>Times in REST answers; stored times are Unix milliseconds.</summary>
public static class RestTime
{
    /// <summary>Milliseconds as text, the form of fields that the contract declares as plain strings.</summary>
    public static string Milliseconds(long time) => time.ToString(CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 in UTC, the form of fields that the contract declares as date-time.</summary>
    public static string DateTime(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
