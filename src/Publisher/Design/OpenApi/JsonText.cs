using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>Strict JSON (RFC 8259) as a tree: no comments, no trailing commas, no member twice.</summary>
/// <remarks>Numbers keep their digits as written, so that <c>1.0</c> does not become <c>1</c>.</remarks>
internal ref struct JsonText
{
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _values;

    private JsonText(ReadOnlySpan<byte> text)
    {
        _text = text;

        // One level more than allowed, so that the refusal is ours.
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DefinitionLimits.MaxDepth + 1 });
    }

    public static JsonNode? Parse(ReadOnlySpan<byte> text) => new JsonText(text).Document();

    private JsonNode? Document()
    {
        try
        {
            _reader.Read();
            var root = Value(1);
            _reader.Read();
            return root;
        }
        catch (JsonException error)
        {
            throw Malformed.At(error.LineNumber.GetValueOrDefault() + 1, error.BytePositionInLine.GetValueOrDefault() + 1, Reason(error));
        }
        catch (InvalidOperationException)
        {
            // Valid UTF-8 was checked before, so this is the one thing left that the reader cannot make a string of.
            var (line, column) = Place();
            throw Malformed.At(line, column, "The text holds half of a surrogate pair (\\uD800 to \\uDFFF), which is no character.");
        }
    }

    private JsonNode? Value(int depth)
    {
        if (++_values > DefinitionLimits.MaxValues)
        {
            throw Malformed.TooManyValues();
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(depth),
            JsonTokenType.StartArray => Array(depth),
            JsonTokenType.String => JsonValue.Create(_reader.GetString()),
            JsonTokenType.True => JsonValue.Create(true),
            JsonTokenType.False => JsonValue.Create(false),
            JsonTokenType.Number => JsonValue.Create(JsonElement.ParseValue(ref _reader)),
            _ => null,
        };
    }

    private JsonObject Object(int depth)
    {
        CheckDepth(depth);
        var members = new JsonObject();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            if (members.ContainsKey(name))
            {
                var (line, column) = Place();
                throw Malformed.Twice(line, column, name);
            }

            _reader.Read();
            members.Add(name, Value(depth + 1));
        }

        return members;
    }

    private JsonArray Array(int depth)
    {
        CheckDepth(depth);
        var items = new JsonArray();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(depth + 1));
        }

        return items;
    }

    private void CheckDepth(int depth)
    {
        if (depth > DefinitionLimits.MaxDepth)
        {
            var (line, column) = Place();
            throw Malformed.TooDeep(line, column);
        }
    }

    private (int Line, int Column) Place()
    {
        var before = _text[..(int)_reader.TokenStartIndex];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    // The reader's sentences are plain; only its advice to programmers and its way to count lines are not for callers.
    private static string Reason(JsonException error) =>
        Malformed.Borrow(error.Message.Split(" LineNumber:")[0].Replace(" Change the reader options.", "", StringComparison.Ordinal));
}
