using System.Net;
using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway.Authorize;

/// <summary>From where an API key may be used. Addresses decide alone where there are any, else the Referer header does.</summary>
internal sealed class PermittedCallers
{
    private readonly IReadOnlyList<AddressRange>? _addresses;
    private readonly byte[][] _referers;

    private PermittedCallers(IReadOnlyList<AddressRange>? addresses, byte[][] referers)
    {
        _addresses = addresses;
        _referers = referers;
    }

    /// <summary>Null when everybody may; an address list that cannot be read permits nobody.</summary>
    public static PermittedCallers? Of(string? addresses, string? referers)
    {
        var noAddresses = string.IsNullOrWhiteSpace(addresses);
        if (noAddresses && string.IsNullOrWhiteSpace(referers))
        {
            return null;
        }

        var patterns = (referers ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new PermittedCallers(
            noAddresses ? null : AddressRange.ParseList(addresses!) ?? [], Array.ConvertAll(patterns, Encoding.UTF8.GetBytes));
    }

    public bool Permits(in RequestView request)
    {
        if (_addresses is null)
        {
            return request.Headers.TryGetOnly("Referer"u8, out var referer, out var repeated) && !repeated && PermitsReferer(referer);
        }

        // Nobody can be said to come from a permitted place when it is not known where from; 0.0.0.0/0 would have it.
        if (request.ClientAddress.Equals(IPAddress.None))
        {
            return false;
        }

        for (var i = 0; i < _addresses.Count; i++)
        {
            if (_addresses[i].Contains(request.ClientAddress))
            {
                return true;
            }
        }

        return false;
    }

    private bool PermitsReferer(ReadOnlySpan<byte> referer)
    {
        foreach (var pattern in _referers)
        {
            if (Matches(referer, pattern))
            {
                return true;
            }
        }

        return false;
    }

    // '*' stands for any text, everything else for itself, over the whole value. Going back to the last '*' only is enough, so that the
    // work is at most the product of both lengths, whatever a caller sends.
    private static bool Matches(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        var (at, next, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == (byte)'*')
            {
                star = next++;
                mark = at;
            }
            else if (next < pattern.Length && pattern[next] == text[at])
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart((byte)'*').IsEmpty;
    }
}
