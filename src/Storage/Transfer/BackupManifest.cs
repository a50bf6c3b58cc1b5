using Tollgate.Storage.Migrations;

namespace Tollgate.Storage.Transfer;

/// <summary>What a backup file says about itself; its last entry.</summary>
internal sealed record BackupManifest
{
    public const string EntryName = "manifest.json";

    /// <summary>The form of the file; another program may know another one.</summary>
    public const int ThisFormat = 1;

    public int Format { get; init; } = ThisFormat;

    public string Program { get; init; } = "";

    /// <summary>Where the rows come from; any product can take them.</summary>
    public string Product { get; init; } = "";

    /// <summary>Unix time in milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The newest migration per area.</summary>
    public IReadOnlyDictionary<string, int> Schema { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<BackupTable> Tables { get; init; } = [];

    public static IReadOnlyDictionary<string, int> SchemaOfThisProgram() => TableList.Areas.ToDictionary(area => area, area => Migration.Read(area)[^1].Number);
}

/// <summary>A table in a backup file.</summary>
/// <param name="Area">apim or shared.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many lines its entry has.</param>
/// <param name="Sha256">Hash of the entry's content, hexadecimal.</param>
internal sealed record BackupTable(string Area, string Name, long Rows, string Sha256)
{
    public string EntryName => $"{Area}/{Name}.ndjson";
}
