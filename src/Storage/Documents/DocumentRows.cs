using System.Text;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Documents;

/// <summary>Writes rows of documents inside somebody's transaction.</summary>
internal static class DocumentRows
{
    public static Task<int> InsertAsync(Transaction db, Document document) => db.ExecuteAsync(
        """
        INSERT INTO documents (id, api_id, name, name_key, kind, other_kind, summary, source, source_url, visibility, file_name,
                               created_by, created_at, updated_by, updated_at, row_version)
        VALUES (@Id, @ApiId, @Name, @nameKey, @kind, @otherKind, @Summary, @source, @SourceUrl, @visibility, @FileName,
                @CreatedBy, @CreatedAt, @UpdatedBy, @UpdatedAt, 1)
        """,
        DocumentRow.Arguments(document));

    /// <summary>How many rows still had the version of the document.</summary>
    public static Task<int> UpdateAsync(Transaction db, Document document) => db.ExecuteAsync(
        """
        UPDATE documents SET name = @Name, name_key = @nameKey, kind = @kind, other_kind = @otherKind, summary = @Summary, source = @source,
                             source_url = @SourceUrl, visibility = @visibility, file_name = @FileName, updated_by = @UpdatedBy,
                             updated_at = @UpdatedAt, row_version = row_version + 1
        WHERE id = @Id AND row_version = @RowVersion
        """,
        DocumentRow.Arguments(document));

    /// <summary>Puts the content in the place of what was there; null leaves nothing.</summary>
    public static async Task PutContentAsync(Transaction db, Document document, MediaContent? content)
    {
        await db.ExecuteAsync("DELETE FROM document_contents WHERE document_id = @Id", document);
        if (content is not null)
        {
            await db.ExecuteAsync(
                "INSERT INTO document_contents (document_id, api_id, media_type, content) VALUES (@Id, @ApiId, @MediaType, @content)",
                new { document.Id, document.ApiId, content.MediaType, content = Compressed.From(content.Bytes) });
        }
    }

    /// <summary>Puts the document into the full-text index as it stands now: its name and summary, and what it says if that is text.</summary>
    public static async Task IndexAsync(Transaction db, Document document)
    {
        var stored = await db.FirstAsync<TextRow>("SELECT media_type, content FROM document_contents WHERE document_id = @Id", document);
        await SearchTexts.PutDocumentAsync(
            db, document.ApiId, document.Id, Found(document), stored is { } row && IsText(row.MediaType) ? Text(row.Content) : null);
    }

    private static FoundDocument Found(Document document) => new()
    {
        Name = document.Name,
        DocType = EnumText<DocumentType>.Of(document.Type),
        OtherTypeName = document.OtherTypeName,
        Summary = document.Summary,
        SourceType = EnumText<DocumentSource>.Of(document.Source),
        SourceUrl = document.SourceUrl,
        Visibility = EnumText<DocumentVisibility>.Of(document.Visibility),
        Owner = document.CreatedBy,
        CreatedAt = document.CreatedAt,
        UpdatedAt = document.UpdatedAt,
    };

    private static bool IsText(string mediaType) => mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || mediaType.Contains("json", StringComparison.OrdinalIgnoreCase) || mediaType.Contains("yaml", StringComparison.OrdinalIgnoreCase);

    private static string Text(byte[] content) => Encoding.UTF8.GetString(Compressed.ToBytes(content));

    private sealed record TextRow
    {
        public string MediaType { get; init; } = "";

        public byte[] Content { get; init; } = [];
    }
}
