using System.IO.Compression;
using Tollgate.Model;

namespace Tollgate.Security.Archives;

/// <summary>An uploaded zip archive, unpacked in memory and checked as a whole before anything in it is used.</summary>
/// <remarks>Nothing is ever written to a disk; names are keys, not paths. What does not look right makes the whole archive refused.</remarks>
public sealed class SafeArchive
{
    private const int FileTypeShift = 16;
    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    private readonly IReadOnlyDictionary<string, byte[]> _files;

    private SafeArchive(IReadOnlyDictionary<string, byte[]> files) => _files = files;

    /// <summary>Paths of the files in the archive's order, with '/' between folders.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>Reads the archive, or refuses it with a sentence that names the entry.</summary>
    /// <param name="zip">The upload; its own size is limited by whoever received it.</param>
    /// <param name="limits">How much may come out of it.</param>
    /// <param name="code">The error code of the operation that reads it.</param>
    public static SafeArchive Read(byte[] zip, ArchiveLimits limits, int code = 400)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
            return new SafeArchive(new Unpacking(limits, code).Run(archive));
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException
            or IOException)
        {
            throw Refusal.BadRequest("The archive is not a zip file that can be read: it is damaged, cut off, or packed in an unusual way.", code);
        }
    }

    /// <summary>The content of a file, or null. Names are exact.</summary>
    public byte[]? Find(string name) => _files.GetValueOrDefault(name);

    private sealed class Unpacking(ArchiveLimits limits, int code)
    {
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool> _seen = new(StringComparer.Ordinal);
        private long _total;

        public Dictionary<string, byte[]> Run(ZipArchive archive)
        {
            if (archive.Entries.Count > limits.Entries)
            {
                throw Refusal.BadRequest(
                    $"The archive has {archive.Entries.Count} entries; at most {limits.Entries} are accepted.", code);
            }

            foreach (var entry in archive.Entries)
            {
                Add(entry);
            }

            return _files;
        }

        private void Add(ZipArchiveEntry entry)
        {
            var name = entry.FullName;
            if (ArchivePath.Problem(name, limits) is { } problem)
            {
                throw Refused(name, problem);
            }

            var isFolder = name.EndsWith('/');
            RefuseSpecial(entry, isFolder);
            Claim(name, isFolder);
            if (isFolder)
            {
                if (entry.Length > 0)
                {
                    throw Refused(name, "is a folder with content of its own");
                }
            }
            else
            {
                _files.Add(name, Content(entry));
            }
        }

        // Unix file types stand in the upper half; zero means that the packer had none. Links and devices are neither file nor folder.
        private void RefuseSpecial(ZipArchiveEntry entry, bool isFolder)
        {
            var type = (entry.ExternalAttributes >> FileTypeShift) & FileTypeMask;
            if (type != 0 && type != (isFolder ? Folder : RegularFile))
            {
                throw Refused(entry.FullName, "is a link or another special file");
            }

            if (entry.IsEncrypted)
            {
                throw Refused(entry.FullName, "is encrypted");
            }
        }

        // Every name once, whatever its case, and no name both file and folder.
        private void Claim(string name, bool isFolder)
        {
            for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            {
                if (slash < name.Length - 1 && _seen.TryGetValue(ArchivePath.Key(name[..slash]), out var folder) && !folder)
                {
                    throw Refused(name, "lies in something that is a file");
                }

                _seen.TryAdd(ArchivePath.Key(name[..slash]), true);
            }

            var key = ArchivePath.Key(name);
            if (isFolder ? !_seen[key] : !_seen.TryAdd(key, false))
            {
                throw Refused(name, "stands in the archive twice, or differs from another name in case only");
            }
        }

        // What the header says about sizes is only believed once the bytes are there.
        private byte[] Content(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = stream.Read(chunk)) > 0)
            {
                _total += read;
                content.Write(chunk, 0, read);
                RefuseLarge(entry, content.Length);
            }

            var bytes = content.ToArray();
            return bytes.Length == entry.Length && Crc32.Of(bytes) == entry.Crc32
                ? bytes
                : throw Refused(entry.FullName, "is damaged: its size or checksum is not the one the archive states");
        }

        private void RefuseLarge(ZipArchiveEntry entry, long length)
        {
            if (length > limits.EntryBytes)
            {
                throw Refused(entry.FullName, $"has more than {limits.EntryBytes} bytes when unpacked");
            }

            if (_total > limits.TotalBytes)
            {
                throw Refusal.BadRequest($"The archive has more than {limits.TotalBytes} bytes when unpacked.", code);
            }

            if (length > limits.RatioFrom && length > limits.Ratio * entry.CompressedLength)
            {
                throw Refused(entry.FullName, $"unpacks to more than {limits.Ratio} times its packed size");
            }
        }

        private Refusal Refused(string name, string problem)
        {
            var shown = new string([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
            return Refusal.BadRequest($"The archive was refused: '{shown}' {problem}.", code);
        }
    }
}
