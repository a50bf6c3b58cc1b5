using Tollgate.Model;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Search;

namespace Tollgate.Storage.Apis;

/// <summary>New versions of APIs: copies of a working copy with its documents and icon, without its revisions and subscriptions.</summary>
public sealed class VersionStore(ApimDatabase database, TimeProvider time)
{
    /// <summary>Saves the copy; refused when the name has this version already, also when somebody else makes it at the same moment.</summary>
    /// <param name="copy">The new version.</param>
    /// <param name="content">Its operations and definition.</param>
    /// <param name="fromId">The API whose documents and icon are copied.</param>
    public async Task CreateAsync(Api copy, ApiContent content, string fromId)
    {
        var facts = new ApiFacts(copy, content);
        try
        {
            await database.ChangeAsync(async db =>
            {
                await RefuseTakenAsync(db, copy);
                await ApiRows.InsertAsync(db, copy, content, facts, "api.copied", time.GetUtcNow());
                await CopyDocumentsAsync(db, copy, fromId);
                return await CopyIconAsync(db, copy, fromId);
            });
        }
        catch (DuplicateException)
        {
            throw Exists(copy);
        }
    }

    private static async Task RefuseTakenAsync(Transaction db, Api copy)
    {
        if (await db.AnyAsync(
            "SELECT 1 FROM apis WHERE organization = @Organization AND name_key = @nameKey AND version = @Version",
            new { copy.Organization, copy.Version, nameKey = NameKey.Of(copy.Name) }))
        {
            throw Exists(copy);
        }
    }

    private static Refusal Exists(Api copy) =>
        Refusal.Conflict(900252, "API version exists", $"There is already a version {copy.Version} of '{copy.Name}'.");

    private static async Task CopyDocumentsAsync(Transaction db, Api copy, string fromId)
    {
        var rows = await db.ListAsync<DocumentRow>(
            $"SELECT {DocumentRow.Columns} FROM documents WHERE api_id = @fromId ORDER BY id", new { fromId });
        foreach (var original in rows.Select(row => row.ToDocument()))
        {
            var document = original with { Id = Guid.CreateVersion7().ToString(), ApiId = copy.Id };
            await DocumentRows.InsertAsync(db, document);
            await db.ExecuteAsync(
                """
                INSERT INTO document_contents (document_id, api_id, media_type, content)
                SELECT @Id, @ApiId, media_type, content FROM document_contents WHERE document_id = @originalId
                """,
                new { document.Id, document.ApiId, originalId = original.Id });
            await DocumentRows.IndexAsync(db, document);
        }
    }

    private static async Task<int> CopyIconAsync(Transaction db, Api copy, string fromId)
    {
        var copied = await db.ExecuteAsync(
            """
            INSERT INTO thumbnails (api_id, media_type, content, row_version)
            SELECT @Id, media_type, content, 1 FROM thumbnails WHERE api_id = @fromId
            """,
            new { copy.Id, fromId });
        return copied == 0 ? 0 : await db.ExecuteAsync("UPDATE apis SET has_thumbnail = 1 WHERE id = @Id", new { copy.Id });
    }
}
