using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>Reads request bodies: strict JSON of limited size.</summary>
public static partial class JsonBody
{
    /// <summary>Enough for an API with a thousand operations.</summary>
    public const int DefaultLimit = 2 * 1024 * 1024;

    /// <summary>The body as a record; anything else than exactly that is refused with a sentence that names the place.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, int limit = DefaultLimit)
    {
        var mediaType = http.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal(415, 415, "Unsupported Media Type", "Send the body as application/json.");
        }

        return Parse<T>(await BytesAsync(http, limit), "The body");
    }

    /// <summary>A JSON text from inside another request part.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> json, string what)
    {
        if (!UnicodeJson.IsText(json))
        {
            throw Refusal.BadRequest($"{what} holds a string that is not Unicode text: send UTF-8, and surrogate escapes in pairs.");
        }

        try
        {
            return JsonSerializer.Deserialize<T>(json, RestJson.Options) ?? throw Refusal.BadRequest($"{what} must not be null.");
        }
        catch (JsonException error)
        {
            throw Refusal.BadRequest($"{what} is not the JSON this operation expects: {Explain(error)}");
        }
    }

    /// <summary>The raw body; 413 beyond the limit.</summary>
    public static async Task<byte[]> BytesAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                throw TooLarge(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    public static Refusal TooLarge(long limit) => new(
        413, 413, "Payload Too Large", $"The body has more than {limit} bytes, the most this operation accepts.");

    // The serializer's sentence names .NET types; the place and the field are what help a caller.
    private static string Explain(JsonException error)
    {
        var path = error.Path is { Length: > 2 } name ? $" at '{name[2..]}'" : "";
        var place = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";
        var reason = error.Message switch
        {
            var text when text.Contains("could not be mapped", StringComparison.Ordinal) => "unknown field",
            var text when text.Contains("could not be converted", StringComparison.Ordinal) => "wrong type or value",
            var text when text.Contains("uplicate", StringComparison.Ordinal) => "a field stands twice",
            var text when text.Contains("null", StringComparison.Ordinal) => "null is not allowed",
            var text when MissingFields().Match(text) is { Success: true } missing => $"required and missing: {missing.Groups[1].Value}",
            _ => "malformed or incomplete",
        };
        return reason + path + place + ".";
    }

    [GeneratedRegex("missing required properties including: (.*?)\\.?( Path:|$)")]
    private static partial Regex MissingFields();
}
