using Microsoft.Extensions.Logging;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>Keeps the snapshot on disk as generations of a base and its log; the last two are kept, so that a damaged one has a predecessor.</summary>
/// <remarks>
/// A generation's log ends where the next base begins. So the predecessor with its whole log, then the damaged generation's log, is the same
/// state as the damaged base would have given: what was revoked stays revoked.
/// </remarks>
internal sealed partial class SnapshotDisk(MasterKey masterKey, GatewayOptions options, TimeProvider time, ILogger<SnapshotDisk> log) : IDisposable
{
    private const long FoldAtBytes = 4 * 1024 * 1024;
    private const int GenerationsKept = 2;

    private readonly List<byte[]> _sinceFold = [];
    private LogFile? _log;
    private long _generation;
    private Task? _folding;

    /// <summary>The newest state that can be read, or null when there is none.</summary>
    public Snapshot? Load()
    {
        Directory.CreateDirectory(options.SnapshotFolder);
        var generations = Generations();
        _generation = generations.LastOrDefault();
        for (var i = generations.Count - 1; i >= 0; i--)
        {
            if (TryLoad(generations, i) is { } snapshot)
            {
                Loaded(log, snapshot.Cursor.Version, BasePath(generations[i]));
                return snapshot;
            }
        }

        return null;
    }

    /// <summary>Keeps a batch and what it led to; on disk when this returns, unless the disk fails, which is logged.</summary>
    /// <remarks>A gateway goes on without its disk: serving comes first, and the next batch tries to write everything anew.</remarks>
    public void Keep(FeedStart head, IReadOnlyList<RuntimeChange> changes, Snapshot before, Snapshot result)
    {
        try
        {
            if (head.From == 0)
            {
                EndFold();
                WriteGeneration(result);
            }
            else
            {
                Append(head, changes, before, result);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NotWritten(log, options.SnapshotFolder, error.Message);
            _log?.Dispose();
            _log = null;
        }
    }

    public void Dispose()
    {
        EndFold();
        _log?.Dispose();
    }

    // A log that has grown is folded into a new base in the background.
    private void Append(FeedStart head, IReadOnlyList<RuntimeChange> changes, Snapshot before, Snapshot result)
    {
        // The first change after a start: a log that a crash may have torn is never appended to. The new base is the state before the
        // change, so that every change stands in some log and a damaged base loses none.
        if (_log is null)
        {
            WriteGeneration(before);
        }

        using var text = new MemoryStream();
        ChangeText.WriteLine(text, head);
        foreach (var change in changes)
        {
            ChangeText.WriteLine(text, change);
        }

        var batch = text.ToArray();
        _log!.Append(batch);
        if (_folding is not null)
        {
            _sinceFold.Add(batch);
            if (_folding.IsCompleted)
            {
                EndFold();
            }
        }
        else if (_log.Length > FoldAtBytes)
        {
            var path = BasePath(_generation + 1);
            _folding = Task.Run(() => BaseFile.Write(path, masterKey, result));
        }
    }

    private Snapshot? TryLoad(List<long> generations, int index)
    {
        var path = BasePath(generations[index]);
        try
        {
            var editor = new SnapshotEditor(Snapshot.Empty, IssuerKeys.None, options);
            var cursor = BaseFile.Read(path, masterKey, editor);
            // The predecessor's log too: a crash may have left this base without the batches that came while it was written.
            foreach (var generation in generations[Math.Max(0, index - 1)..])
            {
                if (File.Exists(LogPath(generation)))
                {
                    cursor = Replay(LogPath(generation), editor, cursor);
                }
            }

            return editor.Build(cursor, time.GetUtcNow().ToUnixTimeSeconds());
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Refused(log, path, error.Message);
            return null;
        }
    }

    private RuntimeCursor Replay(string path, SnapshotEditor editor, RuntimeCursor cursor)
    {
        LogFile.Read(
            path, masterKey,
            (head, changes) =>
            {
                // What the state has already is skipped; a batch of another history, or behind a gap, does not follow from it.
                if (head.Epoch == cursor.Epoch && head.From <= cursor.Version && head.Version > cursor.Version)
                {
                    changes.ForEach(editor.Apply);
                    cursor = new RuntimeCursor(head.Epoch, head.Version);
                }
            },
            reason => Refused(log, path, reason));
        return cursor;
    }

    private void WriteGeneration(Snapshot snapshot)
    {
        BaseFile.Write(BasePath(_generation + 1), masterKey, snapshot);
        OpenGeneration([]);
    }

    private void OpenGeneration(IReadOnlyList<byte[]> batches)
    {
        _generation++;
        var next = LogFile.Create(LogPath(_generation), masterKey);
        foreach (var batch in batches)
        {
            next.Append(batch);
        }

        _log?.Dispose();
        _log = next;
        foreach (var old in Generations().SkipLast(GenerationsKept))
        {
            File.Delete(BasePath(old));
            File.Delete(LogPath(old));
        }
    }

    // While the new base was written, batches went to the old log and were remembered for the new one.
    private void EndFold()
    {
        if (_folding is null)
        {
            return;
        }

        try
        {
            _folding.GetAwaiter().GetResult();
            OpenGeneration(_sinceFold);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NotWritten(log, BasePath(_generation + 1), error.Message);
        }

        _sinceFold.Clear();
        _folding = null;
    }

    private List<long> Generations() =>
    [
        .. Directory.EnumerateFiles(options.SnapshotFolder, "*.base")
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : 0)
            .Where(number => number > 0).Order(),
    ];

    private string BasePath(long generation) => Path.Combine(options.SnapshotFolder, $"{generation:D8}.base");

    private string LogPath(long generation) => Path.Combine(options.SnapshotFolder, $"{generation:D8}.log");

    [LoggerMessage(LogLevel.Information, "Runtime version {Version} loaded from {Path}")]
    private static partial void Loaded(ILogger log, long version, string path);

    [LoggerMessage(LogLevel.Error, "The snapshot file {Path} is refused: {Reason}. An older one is used, or the control plane is asked")]
    private static partial void Refused(ILogger log, string path, string reason);

    [LoggerMessage(LogLevel.Error, "The snapshot file {Path} could not be written: {Reason}")]
    private static partial void NotWritten(ILogger log, string path, string reason);
}
