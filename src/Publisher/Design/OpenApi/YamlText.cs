using System.Text.Json.Nodes;
using Tollgate.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>One YAML 1.2 document as a tree, by the core schema; see <see cref="YamlScalars"/> for what a scalar becomes.</summary>
/// <remarks>
/// Anchors may be used, within limits: an alias counts as everything it repeats, before it is repeated. Merge keys (<c>&lt;&lt;</c>) are
/// refused: YAML 1.2 has none, and tools that read them disagree about which member wins.
/// </remarks>
internal sealed class YamlText
{
    private readonly Parser _parser;
    private readonly int _maxRepeated;
    private readonly Dictionary<AnchorName, Measured> _anchors = [];
    private int _values;
    private long _repeated;

    private YamlText(string text, int maxRepeated)
    {
        _parser = new Parser(new StringReader(text));
        _maxRepeated = maxRepeated;
    }

    /// <summary>Reads a document whose aliases repeat at most so many characters.</summary>
    public static JsonNode? Parse(string text, int maxRepeated)
    {
        // The scanner takes it for the end of the text and would drop what follows.
        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
        {
            throw Malformed.At(text.AsSpan(0, nul).Count('\n') + 1, nul - text.LastIndexOf('\n', nul), "A NUL character stands here.");
        }

        var reader = new YamlText(text, maxRepeated);
        try
        {
            return reader.Document();
        }
        catch (YamlException error)
        {
            throw Malformed.At(error.Start.Line, error.Start.Column, $"The document is not YAML: {Malformed.Borrow(error.Message)}");
        }
        catch (Exception error) when (error is not (Refusal or OutOfMemoryException))
        {
            // The scanner promises only YamlException but has let index and range errors through on hostile input.
            var place = reader._parser.Current?.End ?? Mark.Empty;
            throw Malformed.At(place.Line, place.Column, "The document is not YAML from here on.");
        }
    }

    private JsonNode? Document()
    {
        Next<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            throw Malformed.Document("The document is empty.");
        }

        var root = Node(1, isInfo: false, isText: false).Node;
        Next<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw At(second, "A second document begins here; import one document at a time.")
            : root;
    }

    private Measured Node(int depth, bool isInfo, bool isText)
    {
        if (++_values > DefinitionLimits.MaxValues)
        {
            throw Malformed.TooManyValues();
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Repeat(alias, depth);
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            var value = isText ? YamlScalars.Text(scalar) : YamlScalars.Value(scalar);
            return Remember(scalar, new Measured(value, 1, 0, scalar.Value.Length));
        }

        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            CheckCollection(sequence, depth, "seq");
            return Remember(sequence, Sequence(depth));
        }

        var mapping = Next<MappingStart>();
        CheckCollection(mapping, depth, "map");
        return Remember(mapping, Mapping(depth, isInfo));
    }

    private Measured Sequence(int depth)
    {
        var items = new JsonArray();
        var measure = new Measured(items, 1, 1, 0);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var item = Node(depth + 1, isInfo: false, isText: false);
            items.Add(item.Node);
            measure = measure.With(item, nameLength: 0);
        }

        return measure;
    }

    private Measured Mapping(int depth, bool isInfo)
    {
        var members = new JsonObject();
        var measure = new Measured(members, 1, 1, 0);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var name = Key(members);

            // A version or a title is text whatever it looks like: 1.10 and 007 are not the numbers 1.1 and 7.
            var value = Node(depth + 1, depth == 1 && name == "info", isInfo && name is "title" or "version");
            members.Add(name, value.Node);
            measure = measure.With(value, name.Length);
        }

        return measure;
    }

    // JSON names are text, so 200, true and null as keys are their own letters.
    private string Key(JsonObject members)
    {
        if (!_parser.TryConsume<Scalar>(out var key))
        {
            throw At(_parser.Current!, "A key must be plain text, not a list, an object or an alias.");
        }

        // Where a key is left out the parser mistakes what follows for keys in turn.
        var name = (string)YamlScalars.Text(key)!;
        if (name.Length == 0 && key.Style == ScalarStyle.Plain)
        {
            throw At(key, "A key is missing here.");
        }

        if (name == "<<" && key.Style == ScalarStyle.Plain)
        {
            throw At(key, "Merge keys (<<) are not part of YAML 1.2; write the members out.");
        }

        Remember(key, new Measured(name, 1, 0, name.Length));
        return members.ContainsKey(name) ? throw Malformed.Twice(key.Start.Line, key.Start.Column, name) : name;
    }

    private static void CheckCollection(NodeEvent start, int depth, string kind)
    {
        if (depth > DefinitionLimits.MaxDepth)
        {
            throw Malformed.TooDeep(start.Start.Line, start.Start.Column);
        }

        if (!start.Tag.IsEmpty && start.Tag.Value != YamlScalars.CoreTags + kind)
        {
            throw YamlScalars.UnknownTag(start);
        }
    }

    private Measured Remember(NodeEvent node, Measured measured)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = measured;
        }

        return measured;
    }

    private Measured Repeat(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
        {
            throw At(alias, $"The alias {Malformed.Quote("*" + alias.Value)} has no anchor that is complete before it.");
        }

        if (depth + anchored.Height - 1 > DefinitionLimits.MaxDepth)
        {
            throw Malformed.TooDeep(alias.Start.Line, alias.Start.Column);
        }

        _values += anchored.Values - 1;
        _repeated += anchored.Text;
        if (_values > DefinitionLimits.MaxValues || _repeated > _maxRepeated)
        {
            throw At(
                alias,
                $"With this alias the document repeats too much; at most {DefinitionLimits.MaxValues} values in all and {_maxRepeated} "
                + "repeated characters are allowed.");
        }

        return anchored with { Node = anchored.Node?.DeepClone() };
    }

    private T Next<T>()
        where T : ParsingEvent =>
        _parser.TryConsume<T>(out var found)
            ? found
            : throw At(_parser.Current!, "The document is not YAML: before this place something is missing or left over.");

    private static Refusal At(ParsingEvent place, string sentence) => Malformed.At(place.Start.Line, place.Start.Column, sentence);

    /// <summary>A value with what repeating it costs: values, levels of nesting and characters.</summary>
    private readonly record struct Measured(JsonNode? Node, int Values, int Height, long Text)
    {
        public Measured With(Measured child, int nameLength) => this with
        {
            Values = Values + child.Values,
            Height = Math.Max(Height, child.Height + 1),
            Text = Text + nameLength + child.Text,
        };
    }
}
