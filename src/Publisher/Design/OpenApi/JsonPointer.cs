using System.Globalization;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>JSON pointers (RFC 6901) as URI fragments: <c>#/paths/~1pets/get</c>.</summary>
internal static class JsonPointer
{
    public static string Append(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>What the pointer leads to, or null when that is nothing (or a null, which nobody refers to).</summary>
    public static JsonNode? Find(JsonNode? root, string pointer)
    {
        var node = root;
        foreach (var token in pointer.Split('/').Skip(1))
        {
            // Percent-decoding first: %2F separates nothing, ~1 is the slash inside a name (RFC 6901 section 6).
            var name = Uri.UnescapeDataString(token)
                .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < items.Count => items[index],
                _ => null,
            };
        }

        return node;
    }
}
