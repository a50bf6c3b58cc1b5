using System.Text;
using System.Xml;
using Tollgate.Model;

namespace Tollgate.Publisher.Describe;

/// <summary>Recognises images by their content: what a file is called says nothing.</summary>
internal static class Icon
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";

    /// <summary>The image under its media type; refused when it is none of PNG, JPEG, GIF and SVG.</summary>
    public static MediaContent Check(byte[] bytes) => new(
        MediaTypeOf(bytes) ?? throw Refusal.BadRequest("The thumbnail is no PNG, JPEG, GIF or SVG image.", 901002), bytes);

    /// <summary>The file extension of an icon in an archive.</summary>
    public static string ExtensionOf(string mediaType) => mediaType switch
    {
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        _ => ".svg",
    };

    private static string? MediaTypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? "image/png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif"
        : IsSvg(bytes.ToArray()) ? "image/svg+xml"
        : null;

    // Well-formed from end to end, without a document type (entities) and with the root that makes it an SVG.
    private static bool IsSvg(byte[] bytes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 4_000_000 };
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')), settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader is not { LocalName: "svg", NamespaceURI: SvgNamespace })
            {
                return false;
            }

            while (reader.Read())
            {
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
