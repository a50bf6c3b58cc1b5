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

    /// <summary>The value without its bearer part, which is what goes on to the backend; null when nothing is left.</summary>
    public static string? Without(string value)
    {
        string? others = null;
        foreach (var range in value.AsSpan().Split(','))
        {
            var part = value.AsSpan(range).Trim();
            if (part.Length > 0 && !part.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            {
                others = others is null ? part.ToString() : $"{others}, {part}";
            }
        }

        return others;
    }
}
