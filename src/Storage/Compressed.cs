using System.IO.Compression;
using System.Text;

namespace Tollgate.Storage;

/// <summary>Large contents as they are stored: GZip, because MySQL limits the size of a packet and definitions shrink tenfold.</summary>
internal static class Compressed
{
    public static byte[] From(string text) => From(Encoding.UTF8.GetBytes(text));

    public static byte[] From(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return buffer.ToArray();
    }

    public static string ToText(byte[] stored)
    {
        using var zip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static byte[] ToBytes(byte[] stored)
    {
        using var zip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zip.CopyTo(content);
        return content.ToArray();
    }
}
