using System.Text;

namespace Tollgate.Gateway.Authenticate;

/// <summary>Finds the bearer token in a credential header, which may list several schemes: <c>Bearer x, Basic y</c>.</summary>
internal static class BearerValue
{
    private static ReadOnlySpan<byte> Scheme => "Bearer "u8;

    /// <summary>The token, or empty when the value has none.</summary>
    public static ReadOnlySpan<byte> TokenIn(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var comma = value.IndexOf((byte)',');
            var part = (comma < 0 ? value : value[..comma]).Trim((byte)' ');
            if (part.Length > Scheme.Length && Ascii.EqualsIgnoreCase(part[..Scheme.Length], Scheme))
            {
                return part[Scheme.Length..].Trim((byte)' ');
            }

            value = comma < 0 ? default : value[(comma + 1)..];
        }

        return default;
    }

    /// <summary>Writes the value without its bearer part, which is what goes on to the backend; returns its length, 0 when nothing is left.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="others">At least twice as long.</param>
    public static int WriteOthers(ReadOnlySpan<byte> value, Span<byte> others)
    {
        var length = 0;
        foreach (var range in value.Split((byte)','))
        {
            var part = value[range].Trim(" \t"u8);
            if (part.IsEmpty || (part.Length >= Scheme.Length && Ascii.EqualsIgnoreCase(part[..Scheme.Length], Scheme)))
            {
                continue;
            }

            if (length > 0)
            {
                ", "u8.CopyTo(others[length..]);
                length += 2;
            }

            part.CopyTo(others[length..]);
            length += part.Length;
        }

        return length;
    }
}
