using System.Text;
using Tollgate.Model;

namespace Tollgate.Publisher.Describe;

/// <summary>Which files a document may be, and whether the bytes are what the name says.</summary>
internal static class DocumentFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly byte[] Zip = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    // Extension, media type, first bytes; none for texts.
    private static readonly IReadOnlyList<(string Extension, string MediaType, byte[]? Head)> Kinds =
    [
        (".doc", "application/msword", CompoundFile),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Zip),
        (".xls", "application/vnd.ms-excel", CompoundFile),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Zip),
        (".odt", "application/vnd.oasis.opendocument.text", Zip),
        (".ods", "application/vnd.oasis.opendocument.spreadsheet", Zip),
        (".pdf", "application/pdf", "%PDF-"u8.ToArray()),
        (".txt", "text/plain; charset=utf-8", null),
        (".json", "application/json", null),
        (".yaml", "application/yaml", null),
        (".yml", "application/yaml", null),
        (".md", "text/markdown; charset=utf-8", null),
    ];

    /// <summary>The content under the media type of its kind, or a refusal.</summary>
    public static MediaContent Check(string? fileName, byte[] bytes)
    {
        var extension = Path.GetExtension(fileName ?? "").ToLowerInvariant();
        var kind = Kinds.FirstOrDefault(kind => kind.Extension == extension);
        if (kind.Extension is null)
        {
            throw new Refusal(
                415, 415, "Unsupported Media Type",
                $"Files of the kind '{extension}' are not accepted. Accepted: {string.Join(' ', Kinds.Select(known => known.Extension))}");
        }

        return bytes.Length > 0 && (kind.Head is null ? IsText(bytes) : bytes.AsSpan().StartsWith(kind.Head))
            ? new MediaContent(kind.MediaType, bytes)
            : throw Refusal.BadRequest($"The file is empty or no {extension[1..]} file.");
    }

    private static bool IsText(byte[] bytes)
    {
        try
        {
            return !Utf8.GetString(bytes).Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
