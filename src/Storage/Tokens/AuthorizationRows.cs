namespace Tollgate.Storage.Tokens;

/// <summary>The ways authorizations end.</summary>
internal static class AuthorizationRows
{
    /// <summary>Ends everything that was granted to a consumer key; its access tokens are refused by the credential itself.</summary>
    public static async Task RemoveAsync(Transaction db, string consumerKey)
    {
        await db.ExecuteAsync(
            "DELETE FROM refresh_tokens WHERE authorization_id IN (SELECT id FROM authorizations WHERE consumer_key = @consumerKey)",
            new { consumerKey });
        await db.ExecuteAsync("DELETE FROM authorizations WHERE consumer_key = @consumerKey", new { consumerKey });
        await db.ExecuteAsync("DELETE FROM access_tokens WHERE consumer_key = @consumerKey", new { consumerKey });
    }

    public static async Task RemoveOneAsync(Transaction db, string id)
    {
        await db.ExecuteAsync("DELETE FROM refresh_tokens WHERE authorization_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM authorizations WHERE id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM access_tokens WHERE authorization_id = @id", new { id });
    }
}
