using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Documents;

/// <summary>Documents of APIs with their contents.</summary>
public sealed class DocumentStore(ApimDatabase database, TimeProvider time)
{
    public Task<Page<Document>> ListAsync(DocumentQuery query, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = query.Arguments(page.Limit, page.Offset);
        var total = await db.FirstAsync<int>($"SELECT COUNT(*) FROM documents WHERE {DocumentQuery.Where}", arguments);
        var rows = await db.ListAsync<DocumentRow>(
            $"SELECT {DocumentRow.Columns} FROM documents WHERE {DocumentQuery.Where} ORDER BY name_key, id LIMIT @limit OFFSET @offset", arguments);
        return new Page<Document>([.. rows.Select(row => row.ToDocument())], total);
    });

    public async Task<Document?> FindAsync(DocumentQuery query, string id) => (await database.ReadAsync(db => db.FirstAsync<DocumentRow>(
        $"SELECT {DocumentRow.Columns} FROM documents WHERE {DocumentQuery.Where} AND id = @id", query.Arguments(id: id))))?.ToDocument();

    public Task<bool> IsNameTakenAsync(string apiId, string name) => database.ReadAsync(db => db.AnyAsync(
        "SELECT 1 FROM documents WHERE api_id = @apiId AND name_key = @nameKey", new { apiId, nameKey = NameKey.Of(name) }));

    /// <summary>The content, or null before there is one.</summary>
    public async Task<MediaContent?> ContentAsync(string documentId) => await database.ReadAsync(db => db.FirstAsync<ContentRow>(
        "SELECT media_type, content FROM document_contents WHERE document_id = @documentId", new { documentId })) is { } row
        ? new MediaContent(row.MediaType, Compressed.ToBytes(row.Content))
        : null;

    public Task CreateAsync(Document document, MediaContent? content) => NamedAsync(document, async db =>
    {
        await ApiParts.HoldAsync(db, document.ApiId);
        await DocumentRows.InsertAsync(db, document);
        await DocumentRows.PutContentAsync(db, document, content);
        await DocumentRows.IndexAsync(db, document);
        return await RecordAsync(db, "document.created", null, document, document.UpdatedBy);
    });

    /// <summary>Saves a document if the row still has the version the caller read; a content that no longer fits its source goes.</summary>
    public Task UpdateAsync(Document before, Document document, MediaContent? content) => NamedAsync(document, async db =>
    {
        if (await DocumentRows.UpdateAsync(db, document) == 0)
        {
            throw Refusal.Stale("document");
        }

        if (content is not null || before.Source != document.Source)
        {
            await DocumentRows.PutContentAsync(db, document, content);
        }

        await DocumentRows.IndexAsync(db, document);
        return await RecordAsync(db, content is null ? "document.updated" : "document.content-changed", before, document, document.UpdatedBy);
    });

    public Task DeleteAsync(Document document, string user) => database.WriteAsync(async db =>
    {
        if (await db.ExecuteAsync("DELETE FROM documents WHERE id = @Id AND row_version = @RowVersion", document) == 0)
        {
            throw Refusal.Stale("document");
        }

        await db.ExecuteAsync("DELETE FROM document_contents WHERE document_id = @Id", document);
        await SearchTexts.RemoveAsync(db, document.Id);
        return await RecordAsync(db, "document.deleted", document, null, user);
    });

    private async Task NamedAsync(Document document, Func<Transaction, Task<int>> work)
    {
        try
        {
            await database.WriteAsync(work);
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900312, "Document exists", $"The API already has a document named '{document.Name}'.");
        }
    }

    private async Task<int> RecordAsync(Transaction db, string action, Document? before, Document? after, string user)
    {
        await ApiChangeRows.AddAsync(
            db, (after ?? before)!.ApiId, action, (after ?? before)!.Name, FieldChanges.Between(Shown(before), Shown(after)), user, time.GetUtcNow());
        return 0;
    }

    // Times and versions change with every save and tell nothing.
    private static Document? Shown(Document? document) => document is null ? null : document with { UpdatedAt = 0, UpdatedBy = "", RowVersion = 0 };

    private sealed record ContentRow
    {
        public string MediaType { get; init; } = "";

        public byte[] Content { get; init; } = [];
    }
}
