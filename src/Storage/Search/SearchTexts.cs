using Tollgate.Model;
using Tollgate.Model.Search;

namespace Tollgate.Storage.Search;

/// <summary>The full-text index, written in the transaction of the row it is about, so that who wrote it finds it at once.</summary>
internal static class SearchTexts
{
    /// <summary>Indexes a document's name, summary and text in place of what was indexed for it before.</summary>
    public static Task PutDocumentAsync(Transaction db, string apiId, string documentId, FoundDocument document, string? text) => PutAsync(
        db, new SearchText
        {
            Id = documentId,
            ApiId = apiId,
            Kind = SearchKind.Document,
            Audience = AudienceOf(document),
            Document = document,
            Words = Words.Of(document.Name, document.Summary, text),
        });

    /// <summary>Takes one entry out of the index.</summary>
    public static Task RemoveAsync(Transaction db, string id) => db.ExecuteAsync("DELETE FROM search_texts WHERE id = @id", new { id });

    /// <summary>Takes everything about an API out of the index, documents included.</summary>
    public static Task RemoveApiAsync(Transaction db, string apiId) =>
        db.ExecuteAsync("DELETE FROM search_texts WHERE api_id = @apiId", new { apiId });

    internal static async Task PutAsync(Transaction db, SearchText text)
    {
        await RemoveAsync(db, text.Id);
        await db.ExecuteAsync(
            """
            INSERT INTO search_texts (id, api_id, kind, audience_key, entry, body)
            VALUES (@Id, @ApiId, @kind, @Audience, @entry, @body)
            """,
            new
            {
                text.Id, text.ApiId, kind = KindOf(text.Kind), text.Audience,
                entry = text.Document is { } document ? ModelJson.Write(document) : "", body = text.Words.ToString(),
            });
    }

    private static string AudienceOf(FoundDocument document) => document.Visibility switch
    {
        "PRIVATE" => Viewer.SignedIn,
        "OWNER_ONLY" => Viewer.KeyOfUser(document.Owner),
        _ => "",
    };

    internal static string KindOf(SearchKind kind) => kind switch
    {
        SearchKind.Api => "API",
        SearchKind.Definition => "DEFINITION",
        _ => "DOC",
    };
}
