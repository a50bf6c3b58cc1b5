using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Security.Archives;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>A definition in several files of an archive as one document: what its references lead to in other files becomes a component.</summary>
internal sealed class DefinitionBundle
{
    private readonly ArchiveFiles _files;
    private readonly JsonObject _root;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Queue<(JsonNode Node, string File, string Kind, int Inlined)> _pending = new();
    private int _values;
    private long _copied;

    // How many path items of other files stand around the part at hand, one written out inside the other.
    private int _inlined;

    private DefinitionBundle(ArchiveFiles files)
    {
        _files = files;
        _root = (JsonObject)files.Parse(files.Root).DeepClone();
    }

    public static JsonObject Of(SafeArchive archive, int maxBytes)
    {
        var bundle = new DefinitionBundle(new ArchiveFiles(archive, maxBytes));
        bundle._pending.Enqueue((bundle._root, bundle._files.Root, ReferenceKinds.Document, 0));

        // A list of what is left to do and no recursion: a chain of references may be as long as the archive is large.
        while (bundle._pending.TryDequeue(out var next))
        {
            bundle._inlined = next.Inlined;
            bundle.Walk(next.Node, next.File, next.Kind);
        }

        return bundle._root;
    }

    private void Walk(JsonNode? node, string file, string kind)
    {
        if (++_values > DefinitionLimits.MaxValues)
        {
            throw TooManyValues();
        }

        if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                Walk(items[i], file, ReferenceKinds.Of(kind, "0"));
            }
        }
        else if (node is JsonObject members)
        {
            if (LocalReferences.Of(members) is { } reference && ReferenceKinds.Component(kind) is { } component)
            {
                members["$ref"] = Rewrite(reference, file, kind, component);
            }

            foreach (var name in members.Select(member => member.Key).ToList())
            {
                Enter(members, name, file, ReferenceKinds.Of(kind, name));
            }
        }
    }

    private void Enter(JsonObject members, string name, string file, string kind)
    {
        if (kind == ReferenceKinds.PathItem && LocalReferences.Of(members[name]) is { } reference && IsElsewhere(reference, file))
        {
            // The paths of an API are written out: path items are components from OpenAPI 3.1 on only. Callbacks of what is written out
            // may lead back to it, so it waits like any other part and is not entered from here.
            if (_inlined >= DefinitionLimits.MaxReferenceChain)
            {
                throw Circle(reference);
            }

            var (item, from) = PathItem(reference, file);
            members[name] = item;
            _pending.Enqueue((item, from, kind, _inlined + 1));
        }
        else
        {
            Walk(members[name], file, kind);
        }
    }

    private (JsonNode Item, string File) PathItem(string reference, string file)
    {
        for (var steps = 0; steps <= DefinitionLimits.MaxReferenceChain; steps++)
        {
            var (target, pointer) = ArchiveFiles.Resolve(reference, file);
            var found = _files.Find(target, pointer, reference);
            if (LocalReferences.Of(found) is not { } next)
            {
                return (Copy(found), target);
            }

            (reference, file) = (next, target);
        }

        throw Circle(reference);
    }

    private static Refusal Circle(string reference) => Malformed.Document($"The $ref {Malformed.Quote(reference)} leads in a circle.");

    // Counted before it is made: many references to one large part must not fill the memory while they wait.
    private JsonNode Copy(JsonNode part)
    {
        _copied += ValuesOf(part);
        return _copied > DefinitionLimits.MaxValues ? throw TooManyValues() : part.DeepClone();
    }

    private static int ValuesOf(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Sum(member => ValuesOf(member.Value)),
        JsonArray items => 1 + items.Sum(ValuesOf),
        _ => 1,
    };

    private static Refusal TooManyValues() =>
        Malformed.Document($"The definition has more than {DefinitionLimits.MaxValues} values once its files are put together.");

    private string Rewrite(string reference, string file, string kind, string component)
    {
        if (!IsElsewhere(reference, file))
        {
            return reference[reference.IndexOf('#', StringComparison.Ordinal)..];
        }

        var (target, pointer) = ArchiveFiles.Resolve(reference, file);
        var key = $"{component} {target}#{pointer}";
        if (!_names.TryGetValue(key, out var name))
        {
            var components = Member(Member(_root, "components"), component);
            name = Free(components, target, pointer);
            _names.Add(key, name);
            var copy = Copy(_files.Find(target, pointer, reference));
            components[name] = copy;
            _pending.Enqueue((copy, target, kind, 0));
        }

        return $"#/components/{component}/{name}";
    }

    // Within the document that everything goes into, references stay as they are; anywhere else '#' means the other file.
    private bool IsElsewhere(string reference, string file) =>
        !reference.Contains('#', StringComparison.Ordinal) || ArchiveFiles.Resolve(reference, file).File != _files.Root;

    private static JsonObject Member(JsonObject owner, string name)
    {
        if (owner[name] is not JsonObject member)
        {
            owner[name] = member = [];
        }

        return member;
    }

    // The last part of the pointer, else the file's name; a number where that is taken.
    private static string Free(JsonObject taken, string file, string pointer)
    {
        var last = pointer.Length > 1 ? pointer[(pointer.LastIndexOf('/') + 1)..] : Path.GetFileNameWithoutExtension(file);
        var stem = new string([.. last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')]);
        var name = stem.Length == 0 ? "part" : stem;
        for (var number = 2; taken.ContainsKey(name); number++)
        {
            name = $"{stem}{number}";
        }

        return name;
    }
}
