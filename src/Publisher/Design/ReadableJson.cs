using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Publisher.Design;

/// <summary>JSON for an editor: indented, letters of all languages as they are. The page encodes it like every other text.</summary>
internal static class ReadableJson
{
    public static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
