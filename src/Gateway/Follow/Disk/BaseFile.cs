using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>A whole snapshot on disk.</summary>
internal static class BaseFile
{
    private const int FrameSize = 1024 * 1024;

    /// <summary>Writes beside its place and renames, so that a crash leaves the old file or the new one.</summary>
    public static void Write(string path, MasterKey masterKey, Snapshot snapshot)
    {
        var fresh = path + ".new";
        using (var file = File.Create(fresh))
        {
            using var key = SealedFile.KeyOf(masterKey, SealedFile.WriteHead(file));
            var number = 0L;
            using var text = new MemoryStream();
            var head = new FeedStart(snapshot.Cursor.Epoch, 0, snapshot.Cursor.Version, 0);
            ChangeText.WriteLine(text, head);
            foreach (var known in snapshot.Things.Values)
            {
                if (text.Length >= FrameSize)
                {
                    SealedFile.WriteFrame(file, key, number++, last: false, text.ToArray());
                    text.SetLength(0);
                    ChangeText.WriteLine(text, head);
                }

                ChangeText.WriteLine(text, known.Change);
            }

            SealedFile.WriteFrame(file, key, number, last: true, text.ToArray());
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Applies the file to an editor and returns its cursor; <see cref="InvalidDataException"/> says why a file is refused.</summary>
    public static RuntimeCursor Read(string path, MasterKey masterKey, SnapshotEditor editor)
    {
        using var file = File.OpenRead(path);
        using var key = SealedFile.KeyOf(masterKey, SealedFile.ReadHead(file) ?? throw new InvalidDataException("it is not a snapshot file"));
        for (var number = 0L; ; number++)
        {
            var frame = SealedFile.ReadFrame(file, key, number, out var last)
                ?? throw new InvalidDataException($"it is cut off after frame {number}");
            var (head, changes) = ChangeText.Read(frame);
            foreach (var change in changes)
            {
                editor.Apply(change);
            }

            if (last)
            {
                return new RuntimeCursor(head.Epoch, head.Version);
            }
        }
    }
}
