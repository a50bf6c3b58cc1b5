using Tollgate.Storage.Apis;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Search;

/// <summary>Indexes APIs that have no entry yet, with their documents: those from before there was an index, or from a copy that left it out.</summary>
public sealed class SearchCompletion(ApimDatabase database)
{
    private const int Batch = 50;

    public async Task RunAsync(CancellationToken cancellation = default)
    {
        while (await CompleteAsync(cancellation) == Batch)
        {
        }
    }

    private async Task<int> CompleteAsync(CancellationToken cancellation)
    {
        var missing = await database.ReadAsync(
            db => db.ListAsync<ApiRow>(
                $"""
                SELECT {ApiRow.Columns} FROM apis
                WHERE NOT EXISTS (SELECT 1 FROM search_texts t WHERE t.api_id = apis.id AND t.kind = 'API')
                ORDER BY id LIMIT {Batch}
                """),
            cancellation);
        foreach (var api in missing.Select(row => row.ToApi()))
        {
            await database.WriteAsync(
                async db =>
                {
                    // Another node may have removed it, or done the same, in the meantime.
                    var content = await db.FirstAsync<ContentRow>("SELECT operations, definition FROM api_contents WHERE api_id = @Id", new { api.Id });
                    if (content is not null)
                    {
                        await new ApiFacts(api, content.ToContent()).ReplaceAsync(db);
                        await IndexDocumentsAsync(db, api.Id);
                    }

                    return 0;
                },
                cancellation);
        }

        return missing.Count;
    }

    private static async Task IndexDocumentsAsync(Transaction db, string apiId)
    {
        foreach (var row in await db.ListAsync<DocumentRow>($"SELECT {DocumentRow.Columns} FROM documents WHERE api_id = @apiId", new { apiId }))
        {
            await DocumentRows.IndexAsync(db, row.ToDocument());
        }
    }
}
