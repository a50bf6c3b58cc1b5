using System.IO.Compression;
using System.Text;

namespace Tollgate.Unit.Publisher.Transfer;

/// <summary>Makes archives for tests.</summary>
internal static class Archives
{
    public const string Api = "{\"type\": \"api\", \"version\": \"v4.7.0\", \"data\": {\"name\": \"A\", \"version\": \"1\", \"context\": \"/a\"}}";

    public static byte[] Of(params (string Name, string Content)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return buffer.ToArray();
    }
}
