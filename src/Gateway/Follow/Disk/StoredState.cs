using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>What the files on disk say.</summary>
/// <param name="Stamp">The files as they were before they were read, see <see cref="SnapshotFiles.Stamp"/>.</param>
/// <param name="Snapshot">The newest state that can be read, or null when there is none.</param>
/// <param name="Path">The base it was read from.</param>
/// <param name="Refused">Files that could not be read, and why.</param>
internal sealed record StoredState(string Stamp, Snapshot? Snapshot, string Path, IReadOnlyList<(string Path, string Reason)> Refused)
{
    public static StoredState Read(GatewayOptions options, MasterKey masterKey, TimeProvider time)
    {
        var files = new SnapshotFiles(options.SnapshotFolder);
        var stamp = files.Stamp();
        var generations = files.Generations();
        List<(string Path, string Reason)> refused = [];
        for (var i = generations.Count - 1; i >= 0; i--)
        {
            var path = files.BasePath(generations[i]);
            try
            {
                // The predecessor's log too: a crash may have left this base without the batches that came while it was written.
                var logs = generations[Math.Max(0, i - 1)..].Select(files.LogPath).Where(File.Exists);
                var editor = new SnapshotEditor(Snapshot.Empty, IssuerKeys.None, options);
                var cursor = BaseFile.Read(path, masterKey, editor);
                foreach (var log in logs)
                {
                    cursor = Replay(log, masterKey, editor, cursor, refused);
                }

                return new StoredState(stamp, editor.Build(cursor, time.GetUtcNow().ToUnixTimeSeconds()), path, refused);
            }
            catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                refused.Add((path, error.Message));
            }
        }

        return new StoredState(stamp, null, "", refused);
    }

    private static RuntimeCursor Replay(
        string path, MasterKey masterKey, SnapshotEditor editor, RuntimeCursor cursor, List<(string Path, string Reason)> refused)
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
            reason => refused.Add((path, reason)));
        return cursor;
    }
}
