using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Security.Archives;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Transfer;

/// <summary>The parts of an API as an archive has them, before any rule looked at them. A file that nothing reads makes it refused.</summary>
internal sealed class ArchivedApi
{
    private readonly SafeArchive _archive;
    private readonly HashSet<string> _unread;
    private readonly string _root;
    private readonly int _limit;

    private ArchivedApi(SafeArchive archive, int limit)
    {
        _archive = archive;
        _limit = limit;
        _unread = [.. archive.Names];
        _root = RootOf(archive);
        _unread.Remove(_root + ArchiveLayout.Notes);
        Api = Part<ApiResource>(ArchiveLayout.Api, "api") ?? throw Refusal.BadRequest("The archive has no api.yaml or api.json.");
        TakeText(ArchiveLayout.Meta);
        Deployments = Part<IReadOnlyList<ArchivedDeployment>>(ArchiveLayout.Deployments, "deployment_environments") ?? [];
        Definition = TakeText(ArchiveLayout.Definition) is { } definition ? DefinitionReader.Read(definition.Content, limit) : null;
        Documents = [.. DocumentFolders().Select(Document)];
        Icon = ArchiveLayout.IconExtensions.Select(extension => Take(ArchiveLayout.Icon + extension)).FirstOrDefault(bytes => bytes is not null);
        if (_unread.Count > 0)
        {
            throw Refusal.BadRequest(
                "The archive was refused: this version does not import " + string.Join(", ", _unread.Order(StringComparer.Ordinal).Take(10))
                + (_unread.Count > 10 ? $" and {_unread.Count - 10} more files" : "") + ". Remove them, and the API will be imported without.");
        }
    }

    public ApiResource Api { get; }

    public ImportedDefinition? Definition { get; }

    public IReadOnlyList<ArchivedDeployment> Deployments { get; }

    public IReadOnlyList<ArchivedDocument> Documents { get; }

    public byte[]? Icon { get; }

    /// <summary>Reads an archive; refused when it is unsafe, incomplete or holds what would be lost.</summary>
    public static ArchivedApi Read(byte[] zip, int definitionLimit) => new(SafeArchive.Read(zip, new ArchiveLimits()), definitionLimit);

    // Everything may stand in one folder, or at the top.
    private static string RootOf(SafeArchive archive)
    {
        var first = archive.Names.FirstOrDefault(name => ArchiveLayout.TextExtensions.Any(
            extension => name == ArchiveLayout.Api + extension || name.EndsWith($"/{ArchiveLayout.Api}{extension}", StringComparison.Ordinal)));
        var root = first is null ? "" : first[..(first.LastIndexOf('/') + 1)];
        return root.IndexOf('/', StringComparison.Ordinal) == root.Length - 1 || root.Length == 0
            ? root
            : throw Refusal.BadRequest($"The archive was refused: '{first}' lies deeper than one folder.");
    }

    private byte[]? Take(string path)
    {
        var content = _archive.Find(_root + path);
        _unread.Remove(_root + path);
        return content;
    }

    private (string Path, byte[] Content)? TakeText(string path)
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

    private T? Part<T>(string path, string type)
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
        return JsonBody.Parse<T>(Encoding.UTF8.GetBytes(data.ToJsonString()), part.Path);
    }

    private JsonObject Tree(string path, byte[] content)
    {
        try
        {
            return DefinitionText.Parse(content, _limit);
        }
        catch (Refusal refusal)
        {
            throw new Refusal(refusal.Status, 400, refusal.Title, $"{path}: {refusal.Description}");
        }
    }

    private List<string> DocumentFolders()
    {
        var start = $"{_root}{ArchiveLayout.Documents}/";
        return _archive.Names.Where(name => name.StartsWith(start, StringComparison.Ordinal))
            .Select(name => name[start.Length..])
            .Where(name => name.Contains('/', StringComparison.Ordinal))
            .Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)])
            .Distinct(StringComparer.Ordinal)
            .ToList();
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

/// <summary>A document as an archive has it, with the file beside its description.</summary>
internal sealed record ArchivedDocument(DocumentResource Document, string? FileName, byte[]? Content);
