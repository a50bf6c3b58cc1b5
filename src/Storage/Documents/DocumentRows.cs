using Tollgate.Model;

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
}
