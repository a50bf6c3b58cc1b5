using System.Text.Json;
using System.Text.Unicode;

namespace Tollgate.Model;

/// <summary>Tells whether the strings of a JSON text are text at all.</summary>
/// <remarks>
/// RFC 8259 sections 8.1 and 8.2: bytes that are no UTF-8 and escaped halves of surrogate pairs pass the grammar, and readers fail when
/// they come to such a name or value, long after the text was taken for good.
/// </remarks>
public static class UnicodeJson
{
    /// <summary>False for a text that names or holds anything but Unicode. Malformed JSON is left to whoever parses it.</summary>
    public static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (JsonException)
        {
            return true;
        }

        return true;
    }
}
