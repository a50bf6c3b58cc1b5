using System.Text.Json.Nodes;
using Tollgate.Security.Archives;

namespace Tollgate.Publisher.Design.OpenApi;

/// <summary>The files of an archive as documents that refer to each other.</summary>
internal sealed class ArchiveFiles
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];
    private static readonly string[] RootNames = ["openapi", "swagger", "api"];

    private readonly SafeArchive _archive;
    private readonly int _maxBytes;
    private readonly Dictionary<string, JsonObject> _parsed = new(StringComparer.Ordinal);

    public ArchiveFiles(SafeArchive archive, int maxBytes)
    {
        (_archive, _maxBytes) = (archive, maxBytes);
        Root = FindRoot();
    }

    /// <summary>The file that the others belong to.</summary>
    public string Root { get; }

    public JsonObject Parse(string file) => _parsed.TryGetValue(file, out var known)
        ? known
        : _parsed[file] = DefinitionText.Parse(
            _archive.Find(file) ?? throw Malformed.Document($"The archive has no file {Malformed.Quote(file)}, to which a $ref leads."), _maxBytes);

    /// <summary>The file and the pointer that a reference in <paramref name="from"/> means.</summary>
    public static (string File, string Pointer) Resolve(string reference, string from)
    {
        if (reference.Length > DefinitionLimits.MaxReference)
        {
            throw Malformed.Document($"A $ref has more than {DefinitionLimits.MaxReference} characters.");
        }

        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var path = hash < 0 ? reference : reference[..hash];
        return (path.Length == 0 ? from : Path(path, from, reference), hash < 0 ? "" : reference[(hash + 1)..]);
    }

    /// <summary>What the pointer leads to in the file.</summary>
    public JsonNode Find(string file, string pointer, string reference)
    {
        var document = Parse(file);
        return (pointer.Length == 0 ? document : JsonPointer.Find(document, "#" + pointer))
            ?? throw Malformed.Document($"The $ref {Malformed.Quote(reference)} leads to nothing in {Malformed.Quote(file)}.");
    }

    // Relative to the file that refers; never out of the archive, and never to another machine.
    private static string Path(string path, string from, string reference)
    {
        var parts = from.Split('/')[..^1].ToList();
        foreach (var part in Uri.UnescapeDataString(path).Split('/'))
        {
            if (part is "..")
            {
                if (parts.Count == 0)
                {
                    throw Malformed.Document($"The $ref {Malformed.Quote(reference)} leads out of the archive.");
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    // By name at the least depth; else the only document there.
    private string FindRoot()
    {
        var documents = _archive.Names
            .Where(name => Extensions.Contains(System.IO.Path.GetExtension(name).ToLowerInvariant()) && !name.StartsWith("__MACOSX/", StringComparison.Ordinal))
            .GroupBy(name => name.Count(c => c == '/')).OrderBy(group => group.Key).ToList();
        var named = documents.SelectMany(group => group)
            .FirstOrDefault(name => RootNames.Contains(System.IO.Path.GetFileNameWithoutExtension(name).ToLowerInvariant()));
        return named ?? (documents.FirstOrDefault()?.ToList() is [var only] ? only : null) ?? throw Malformed.Document(
            "The archive has no definition to begin with; name it openapi.yaml, openapi.json, swagger.yaml or swagger.json.");
    }
}
