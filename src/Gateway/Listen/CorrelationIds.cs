using System.Globalization;
using System.Security.Cryptography;

namespace Tollgate.Gateway.Listen;

/// <summary>Correlation ids: a random prefix of this process and a running number.</summary>
/// <remarks>A GUID costs 340 ns to make and format; a counter is unique as well, and says in which order requests came.</remarks>
internal sealed class CorrelationIds
{
    private readonly string _prefix = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)) + "-";
    private long _last;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{Interlocked.Increment(ref _last):x8}");
}
