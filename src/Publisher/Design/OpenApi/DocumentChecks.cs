using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The frame of a document: its OpenAPI version, its title and version, and that it has paths.</summary>
internal static partial class DocumentChecks
{
    public static void Check(JsonObject root)
    {
        CheckVersion(root);
        var info = root["info"] as JsonObject
            ?? throw Malformed.Document("The document needs an object 'info' with 'title' and 'version'.");
        foreach (var name in (string[])["title", "version"])
        {
            if (string.IsNullOrWhiteSpace(Fields.Text(info, name, "#/info")))
            {
                throw Malformed.Document($"The document needs a text 'info.{name}'.");
            }
        }

        // OpenAPI 3.1 permits a document without paths.
        var mayLackPaths = root["paths"] is null && Fields.Text(root, "openapi", "#")!.StartsWith("3.1.", StringComparison.Ordinal);
        if (!mayLackPaths && root["paths"] is not JsonObject)
        {
            throw Malformed.Document("The document needs an object 'paths'.");
        }
    }

    private static void CheckVersion(JsonObject root)
    {
        var version = root["openapi"] is JsonValue value ? value.ToString() : "";
        if (!Supported().IsMatch(version) || root["openapi"]!.GetValueKind() != JsonValueKind.String)
        {
            throw Malformed.Document(
                version.Length == 0
                    ? "The document has no 'openapi' version; it must be a text such as '3.0.3' or '3.1.0'."
                    : $"The OpenAPI version {Malformed.Quote(version)} is not supported; it must be a text such as '3.0.3' or '3.1.0'.");
        }
    }

    [GeneratedRegex(@"^3\.[01]\.[0-9]{1,4}(-[0-9A-Za-z.]{1,20})?\z")]
    private static partial Regex Supported();
}
