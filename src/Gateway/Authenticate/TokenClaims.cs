using System.Buffers.Text;
using System.Text.Json;

namespace Tollgate.Gateway.Authenticate;

/// <summary>All claims of a token that was verified, read once and only when a condition asks for one.</summary>
internal static class TokenClaims
{
    /// <summary>By name, as texts: strings as they are, numbers and truth values as written, the texts of a list with blanks between.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> token)
    {
        var payload = token[(token.IndexOf((byte)'.') + 1)..];
        using var json = JsonDocument.Parse(Base64Url.DecodeFromUtf8(payload[..payload.IndexOf((byte)'.')]));
        Dictionary<string, string> claims = [];
        foreach (var claim in json.RootElement.EnumerateObject())
        {
            if (TextOf(claim.Value) is { } text)
            {
                claims[claim.Name] = text;
            }
        }

        return claims;
    }

    private static string? TextOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return value.GetRawText();
            case JsonValueKind.Array:
                List<string> texts = [];
                foreach (var element in value.EnumerateArray())
                {
                    if (element.ValueKind == JsonValueKind.String)
                    {
                        texts.Add(element.GetString()!);
                    }
                }

                return string.Join(' ', texts);
            default:
                return null;
        }
    }
}
