using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tollgate.Publisher.Transfer;

/// <summary>Writes a tree as YAML that reads back as the same tree: whatever could be taken for something else is quoted.</summary>
internal static partial class YamlWriter
{
    private static readonly string[] Taken = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    public static string Write(JsonNode root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (name, value) in members)
                {
                    Emit(emitter, name);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case null:
                Emit(emitter, "null", ScalarStyle.Plain);
                break;
            default:
                EmitValue(emitter, node);
                break;
        }
    }

    private static void EmitValue(Emitter emitter, JsonNode value)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            Emit(emitter, value.GetValue<string>());
        }
        else
        {
            Emit(emitter, value.ToJsonString(), ScalarStyle.Plain);
        }
    }

    private static void Emit(Emitter emitter, string text) => Emit(
        emitter, text, Plain().IsMatch(text) && !Taken.Contains(text, StringComparer.OrdinalIgnoreCase) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted);

    private static void Emit(Emitter emitter, string text, ScalarStyle style) =>
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));

    // Words and paths; no YAML reader takes them for anything but text.
    [GeneratedRegex(@"^[A-Za-z_/][A-Za-z0-9_/.-]*( [A-Za-z0-9_/.-]+)*\z")]
    private static partial Regex Plain();
}
