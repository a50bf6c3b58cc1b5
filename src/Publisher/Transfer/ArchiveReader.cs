using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Security.Archives;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Transfer;

/// <summary>Reads the parts of one folder of an archive, and remembers which files nobody asked for.</summary>
internal sealed class ArchiveReader
{
    private const int NamesShown = 10;

    private readonly SafeArchive _archive;
    private readonly HashSet<string> _unread;
    private readonly string _root;

    private ArchiveReader(SafeArchive archive, HashSet<string> unread, string root, int definitionLimit)
    {
        _archive = archive;
        _unread = unread;
        _root = root;
        DefinitionLimit = definitionLimit;
    }

    /// <summary>Bytes of a definition or of any other part that is text.</summary>
    public int DefinitionLimit { get; }

    /// <summary>Reads an archive whose main part is of this name, in one folder or at the top; refused when the archive is unsafe.</summary>
    public static ArchiveReader Open(byte[] zip, string main, int definitionLimit)
    {
        var archive = SafeArchive.Read(zip, new ArchiveLimits());
        var root = RootOf(archive, main);
        var reader = new ArchiveReader(archive, [.. archive.Names], root, definitionLimit);
        reader._unread.Remove(root + ArchiveLayout.Notes);
        return reader;
    }

    /// <summary>The folders that lie directly in one.</summary>
    public IReadOnlyList<string> FoldersOf(string folder)
    {
        var start = $"{_root}{folder}/";
        return
        [
            .. _archive.Names.Where(name => name.StartsWith(start, StringComparison.Ordinal))
                .Select(name => name[start.Length..].Split('/'))
                .Where(path => path.Length > 1)
                .Select(path => path[0])
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>The same archive from a folder inside on.</summary>
    public ArchiveReader Below(string folder) => new(_archive, _unread, $"{_root}{folder}/", DefinitionLimit);

    public byte[]? Take(string path)
    {
        _unread.Remove(_root + path);
        return _archive.Find(_root + path);
    }

    /// <summary>A part that is YAML or JSON, with its path.</summary>
    public (string Path, byte[] Content)? TakeText(string path)
    {
        (string, byte[])? found = null;
        foreach (var name in ArchiveLayout.TextExtensions.Select(extension => path + extension))
        {
            if (Take(name) is { } content)
            {
                found = found is null ? (name, content) : throw Refusal.BadRequest($"The archive has {path} twice, in two formats.");
            }
        }

        return found;
    }

    /// <summary>The data of a part, if its head says that it is of this type; null when there is no such part.</summary>
    /// <param name="path">Without its extension.</param>
    /// <param name="type">What the head must say, if it says anything.</param>
    /// <param name="adapt">Applied to the data before it is read strictly.</param>
    public T? Part<T>(string path, string type, Action<JsonObject>? adapt = null)
        where T : class
    {
        if (TakeText(path) is not { } part)
        {
            return null;
        }

        var tree = Tree(part.Path, part.Content);
        if ((string?)(tree["type"] as JsonValue) is { } stated && stated != type)
        {
            throw Refusal.BadRequest($"{part.Path} is of the type '{stated}', not '{type}'.");
        }

        var data = tree["data"] ?? throw Refusal.BadRequest($"{part.Path} has no 'data'.");
        if (adapt is not null && data is JsonObject members)
        {
            adapt(members);
        }

        return JsonBody.Parse<T>(Encoding.UTF8.GetBytes(data.ToJsonString()), part.Path);
    }

    public IReadOnlyList<ArchivedDeployment> Deployments() =>
        Part<IReadOnlyList<ArchivedDeployment>>(ArchiveLayout.Deployments, "deployment_environments") ?? [];

    public byte[]? Icon() =>
        ArchiveLayout.IconExtensions.Select(extension => Take(ArchiveLayout.Icon + extension)).FirstOrDefault(bytes => bytes is not null);

    public IReadOnlyList<ArchivedDocument> Documents() => [.. FoldersOf(ArchiveLayout.Documents).Select(Document)];

    /// <summary>A file that nothing read makes the archive refused: what it says would be lost.</summary>
    public void RefuseUnread()
    {
        if (_unread.Count > 0)
        {
            throw Refusal.BadRequest(
                "The archive was refused: this version does not import " + string.Join(", ", _unread.Order(StringComparer.Ordinal).Take(NamesShown))
                + (_unread.Count > NamesShown ? $" and {_unread.Count - NamesShown} more files" : "")
                + ". Remove them, and it will be imported without.");
        }
    }

    private static string RootOf(SafeArchive archive, string main)
    {
        var first = archive.Names.Where(name => ArchiveLayout.TextExtensions.Any(
            extension => name == main + extension || name.EndsWith($"/{main}{extension}", StringComparison.Ordinal)))
            .OrderBy(name => name.Count(c => c == '/')).FirstOrDefault();
        return first is null ? throw Refusal.BadRequest($"The archive has no {main}.yaml or {main}.json.")
            : first.Count(c => c == '/') > 1 ? throw Refusal.BadRequest($"The archive was refused: '{first}' lies deeper than one folder.")
            : first[..(first.LastIndexOf('/') + 1)];
    }

    private JsonObject Tree(string path, byte[] content)
    {
        try
        {
            return DefinitionText.Parse(content, DefinitionLimit);
        }
        catch (Refusal refusal)
        {
            throw new Refusal(refusal.Status, 400, refusal.Title, $"{path}: {refusal.Description}");
        }
    }

    private ArchivedDocument Document(string folder)
    {
        var path = $"{ArchiveLayout.Documents}/{folder}/";
        var document = Part<DocumentResource>(path + ArchiveLayout.Document, "document")
            ?? throw Refusal.BadRequest($"The archive has no {path}document.yaml.");
        List<string> files = [.. _unread.Where(name => name.StartsWith(_root + path, StringComparison.Ordinal))];
        return files.Count switch
        {
            0 => new ArchivedDocument(document, null, null),
            1 => new ArchivedDocument(document, files[0][(_root + path).Length..], Take(files[0][_root.Length..])),
            _ => throw Refusal.BadRequest($"{path} has several files beside document.yaml; a document has one content."),
        };
    }
}
