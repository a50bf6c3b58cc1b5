using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Transfer;

/// <summary>Puts files into a zip archive below one folder; trees as JSON or YAML. The same parts make the same bytes.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    private readonly MemoryStream _content;
    private readonly ZipArchive _zip;
    private readonly string _root;
    private readonly bool _json;
    private readonly DateTimeOffset _time;

    /// <param name="root">The folder that holds everything.</param>
    /// <param name="json">JSON instead of YAML.</param>
    /// <param name="time">When the parts were last changed.</param>
    public ArchiveWriter(string root, bool json, DateTimeOffset time)
    {
        _content = new MemoryStream();
        _zip = new ZipArchive(_content, ZipArchiveMode.Create, leaveOpen: true);
        (_root, _json, _time) = (root, json, time);
    }

    private ArchiveWriter(ArchiveWriter outer, string folder)
    {
        (_content, _zip, _json, _time) = (outer._content, outer._zip, outer._json, outer._time);
        _root = $"{outer._root}/{folder}";
    }

    /// <summary>The same archive from a folder inside on; who made the archive finishes it.</summary>
    public ArchiveWriter Below(string folder) => new(this, folder);

    /// <summary>A part with the head that the field's tools look for.</summary>
    public void AddPart<T>(string path, string type, T data) => Add(path, new JsonObject
    {
        ["type"] = type,
        ["version"] = ArchiveLayout.Version,
        ["data"] = JsonSerializer.SerializeToNode(data, RestJson.Options),
    });

    public void Add(string path, JsonObject tree) => Add(
        path + (_json ? ".json" : ".yaml"), Encoding.UTF8.GetBytes(_json ? StoredDefinition.Write(tree) : YamlWriter.Write(tree)));

    public void Add(string path, byte[] content)
    {
        var entry = _zip.CreateEntry($"{_root}/{path}", CompressionLevel.Optimal);
        entry.LastWriteTime = _time;
        using var stream = entry.Open();
        stream.Write(content);
    }

    /// <summary>The archive; nothing can be added afterwards.</summary>
    public byte[] Finish()
    {
        _zip.Dispose();
        return _content.ToArray();
    }

    public void Dispose()
    {
        _zip.Dispose();
        _content.Dispose();
    }
}
