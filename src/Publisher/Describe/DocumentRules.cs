using System.Text;
using Tollgate.Model;

namespace Tollgate.Publisher.Describe;

/// <summary>The rules of documents, the same for REST and archives.</summary>
internal sealed class DocumentRules(PublisherOptions options, TimeProvider time)
{
    private const int MaxName = 255;
    private const int MaxSummary = 32_766;

    public Document Create(string apiId, string author, DocumentResource wanted)
    {
        var now = time.GetUtcNow();
        return Check(
            new Document
            {
                Id = Guid.CreateVersion7(now).ToString(),
                ApiId = apiId,
                Name = wanted.Name,
                CreatedBy = author,
                CreatedAt = now.ToUnixTimeMilliseconds(),
                UpdatedBy = author,
                RowVersion = 1,
            },
            wanted);
    }

    public Document Change(Document stored, string author, DocumentResource wanted)
    {
        var changed = Check(stored with { UpdatedBy = author }, wanted);
        return changed.Source == stored.Source ? changed : changed with { FileName = null };
    }

    /// <summary>Now changed by this person; for a new content.</summary>
    public Document Touch(Document stored, string author) => stored with { UpdatedBy = author, UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };

    /// <summary>A text as content; null leaves the content alone.</summary>
    public MediaContent? Text(Document document, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!document.IsText)
        {
            throw Refusal.BadRequest($"A document with the source {EnumText<DocumentSource>.Of(document.Source)} takes no inline content.");
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > options.DocumentLimit)
        {
            throw TooLarge();
        }

        // Never as HTML, although an inline text may contain it: on our own origin it would be a page that runs.
        return new MediaContent(document.Source == DocumentSource.Markdown ? "text/markdown; charset=utf-8" : "text/plain; charset=utf-8", bytes);
    }

    public MediaContent File(Document document, string? fileName, byte[] bytes)
    {
        if (document.Source != DocumentSource.File)
        {
            throw Refusal.BadRequest($"A document with the source {EnumText<DocumentSource>.Of(document.Source)} takes no file.");
        }

        return bytes.Length > options.DocumentLimit ? throw TooLarge() : DocumentFile.Check(fileName, bytes);
    }

    private Document Check(Document document, DocumentResource wanted)
    {
        CheckTexts(wanted);
        var isUrl = wanted.SourceType == DocumentSource.Url;
        if (wanted.Type is DocumentType.PublicForum or DocumentType.SupportForum && !isUrl)
        {
            throw Refusal.BadRequest("A forum is a document with the source URL.");
        }

        if (wanted.Visibility == DocumentVisibility.Owner && !options.DocumentVisibility)
        {
            throw Refusal.BadRequest("The visibility OWNER_ONLY is switched off ([apim.publisher] enable_api_doc_visibility).");
        }

        return document with
        {
            Name = wanted.Name.Trim(),
            Type = wanted.Type,
            OtherTypeName = wanted.Type == DocumentType.Other ? wanted.OtherTypeName!.Trim() : null,
            Summary = wanted.Summary,
            Source = wanted.SourceType,
            SourceUrl = isUrl ? Url(wanted.SourceUrl) : null,
            Visibility = wanted.Visibility,
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private static void CheckTexts(DocumentResource wanted)
    {
        if (wanted.Name.Trim() is not { Length: > 0 and <= MaxName } || wanted.Name.Any(char.IsControl))
        {
            throw Refusal.BadRequest($"The name of a document has 1 to {MaxName} characters and no control characters.");
        }

        if (wanted.Summary?.Length > MaxSummary)
        {
            throw Refusal.BadRequest($"The summary of a document has at most {MaxSummary} characters.");
        }

        if (wanted.Type == DocumentType.Other && wanted.OtherTypeName?.Trim() is not { Length: > 0 and <= 100 })
        {
            throw Refusal.BadRequest("A document of the type OTHER needs an otherTypeName of 1 to 100 characters.");
        }
    }

    // It becomes a link and a redirect: a scheme that runs something has no business here.
    private static string Url(string? url) =>
        url is { Length: <= 2_000 } && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? parsed.AbsoluteUri
            : throw Refusal.BadRequest("A document with the source URL needs a sourceUrl that begins with http:// or https://.");

    private Refusal TooLarge() => new(
        413, 413, "Payload Too Large", $"The content has more than {options.DocumentLimitMegabytes} MB, the most a document may have.");
}
