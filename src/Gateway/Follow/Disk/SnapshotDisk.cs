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

    private readonly SnapshotFiles _files = new(options.SnapshotFolder);
    private readonly List<byte[]> _sinceFold = [];
    private LogFile? _log;
    private long _generation;
    private Task? _folding;

    /// <summary>The newest state that can be read, or null when there is none.</summary>
    /// <param name="early">What was read before; it is read again if the files have changed since.</param>
    public Snapshot? Load(StoredState? early = null)
    {
        Directory.CreateDirectory(options.SnapshotFolder);
        _generation = _files.Generations().LastOrDefault();
        var stored = early is not null && early.Stamp == _files.Stamp() ? early : StoredState.Read(options, masterKey, time);
        foreach (var (path, reason) in stored.Refused)
        {
            Refused(log, path, reason);
        }

        if (stored.Snapshot is { } snapshot)
        {
            Loaded(log, snapshot.Cursor.Version, stored.Path);
        }

        return stored.Snapshot;
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
            var path = _files.BasePath(_generation + 1);
            _folding = Task.Run(() => BaseFile.Write(path, masterKey, result));
        }
    }

    private void WriteGeneration(Snapshot snapshot)
    {
        BaseFile.Write(_files.BasePath(_generation + 1), masterKey, snapshot);
        OpenGeneration([]);
    }

    private void OpenGeneration(IReadOnlyList<byte[]> batches)
    {
        _generation++;
        var next = LogFile.Create(_files.LogPath(_generation), masterKey);
        foreach (var batch in batches)
        {
            next.Append(batch);
        }

        _log?.Dispose();
        _log = next;
        foreach (var old in _files.Generations().SkipLast(GenerationsKept))
        {
            File.Delete(_files.BasePath(old));
            File.Delete(_files.LogPath(old));
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
            NotWritten(log, _files.BasePath(_generation + 1), error.Message);
        }

        _sinceFold.Clear();
        _folding = null;
    }

    [LoggerMessage(LogLevel.Information, "Runtime version {Version} loaded from {Path}")]
    private static partial void Loaded(ILogger log, long version, string path);

    [LoggerMessage(LogLevel.Error, "The snapshot file {Path} is refused: {Reason}. An older one is used, or the control plane is asked")]
    private static partial void Refused(ILogger log, string path, string reason);

    [LoggerMessage(LogLevel.Error, "The snapshot file {Path} could not be written: {Reason}")]
    private static partial void NotWritten(ILogger log, string path, string reason);
}
