using System.IO.Compression;
using System.Text;

namespace Tollgate.Storage;

/// <summary>Large texts as they are stored: GZip, because MySQL limits the size of a packet and definitions shrink tenfold.</summary>
internal static class Compressed
{
    public static byte[] From(string text)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    public static string ToText(byte[] stored)
    {
        using var zip = new GZipStream(new MemoryStream(stored), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
