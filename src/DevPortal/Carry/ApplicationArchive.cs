using System.IO.Compression;
using System.Text.Json;
using Tollgate.Model;
using Tollgate.Security.Archives;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Carry;

/// <summary>An application as it is carried from one system to another: one JSON file in a zip archive, without any secret.</summary>
internal sealed record ApplicationArchive
{
    public const int MostBytes = 1024 * 1024;

    private static readonly ArchiveLimits Limits = new() { Entries = 16, EntryBytes = MostBytes, TotalBytes = MostBytes };

    // JSON is YAML, so that the name asked for can be given either way.
    private static readonly IReadOnlyList<string> FileNames = ["application.json", "application.yaml"];

    public string Type { get; init; } = "application";

    public string Version { get; init; } = "v4";

    public required ArchivedApplication Data { get; init; }

    public byte[] Pack(bool asYaml)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var file = zip.CreateEntry($"{Folder(Data.ApplicationInfo)}/{FileNames[asYaml ? 1 : 0]}").Open();
            JsonSerializer.Serialize(file, this, RestJson.Options);
        }

        return buffer.ToArray();
    }

    public static ApplicationArchive Unpack(byte[] zip)
    {
        var archive = SafeArchive.Read(zip, Limits);
        var name = archive.Names.FirstOrDefault(path => FileNames.Contains(path[(path.LastIndexOf('/') + 1)..]))
            ?? throw Refusal.BadRequest($"The archive has no {FileNames[0]}.");
        var read = JsonBody.Parse<ApplicationArchive>(archive.Find(name)!, name);
        return read.Type == "application" ? read : throw Refusal.BadRequest($"{name} describes '{read.Type}', not an application.");
    }

    private static string Folder(ArchivedInfo info) =>
        new([.. $"{info.Owner}-{info.Name}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')]);
}

/// <summary>What stands in an archived application.</summary>
internal sealed record ArchivedApplication
{
    public required ArchivedInfo ApplicationInfo { get; init; }

    public IReadOnlyList<ArchivedSubscription> Subscriptions { get; init; } = [];

    public IReadOnlyList<ArchivedKey> Keys { get; init; } = [];
}

/// <summary>The application itself.</summary>
internal sealed record ArchivedInfo
{
    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required string ThrottlingPolicy { get; init; }

    public string? Description { get; init; }

    public string TokenType { get; init; } = "JWT";

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>A subscription, by the API's name.</summary>
internal sealed record ArchivedSubscription(string ApiName, string ApiVersion, string ThrottlingPolicy);

/// <summary>How keys were set up. Consumer key and secret stay behind: an imported application gets its own.</summary>
internal sealed record ArchivedKey
{
    public required string KeyType { get; init; }

    public required IReadOnlyList<string> SupportedGrantTypes { get; init; }

    public string? CallbackUrl { get; init; }

    public IReadOnlyDictionary<string, object>? AdditionalProperties { get; init; }
}
