using System.Security.Cryptography;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>The batches that came after a base, in their order.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly FileStream _file;
    private readonly AesGcm _key;
    private long _number;

    private LogFile(FileStream file, AesGcm key, long number)
    {
        _file = file;
        _key = key;
        _number = number;
    }

    public long Length => _file.Length;

    public static LogFile Create(string path, MasterKey masterKey)
    {
        var file = File.Create(path);
        var log = new LogFile(file, SealedFile.KeyOf(masterKey, SealedFile.WriteHead(file)), 0);
        file.Flush(flushToDisk: true);
        return log;
    }

    /// <summary>Appends a batch; it is on disk when this returns.</summary>
    public void Append(byte[] batch)
    {
        SealedFile.WriteFrame(_file, _key, _number++, last: false, batch);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Hands out the batches of a file as far as they are whole and unchanged. A torn end is what a crash leaves; it is reported, and the
    /// control plane sends again what is missing.
    /// </summary>
    public static void Read(string path, MasterKey masterKey, Action<FeedStart, List<RuntimeChange>> batch, Action<string> damaged)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var key = SealedFile.KeyOf(masterKey, SealedFile.ReadHead(file) ?? throw new InvalidDataException("it is not a log file"));
            for (var number = 0L; SealedFile.ReadFrame(file, key, number, out _) is { } frame; number++)
            {
                var (head, changes) = ChangeText.Read(frame);
                batch(head, changes);
            }
        }
        catch (InvalidDataException error)
        {
            damaged(error.Message);
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        _file.Dispose();
    }
}
