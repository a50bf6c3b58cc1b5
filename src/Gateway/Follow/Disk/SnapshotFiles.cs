using System.Globalization;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>The names of the files in which generations of snapshots are kept.</summary>
internal sealed class SnapshotFiles(string folder)
{
    /// <summary>Numbers of the generations that have a base, in their order.</summary>
    public List<long> Generations() => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.base")
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : 0)
            .Where(number => number > 0).Order(),
    ];

    public string BasePath(long generation) => Path.Combine(folder, $"{generation:D8}.base");

    public string LogPath(long generation) => Path.Combine(folder, $"{generation:D8}.log");

    /// <summary>Differs when a generation was added or taken away, or something was appended to a log.</summary>
    public string Stamp() => string.Join(' ', Generations().Select(generation => string.Create(
        CultureInfo.InvariantCulture, $"{generation}:{LengthOf(BasePath(generation))}:{LengthOf(LogPath(generation))}")));

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
