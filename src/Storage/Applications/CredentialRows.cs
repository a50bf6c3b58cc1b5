using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Tokens;

namespace Tollgate.Storage.Applications;

/// <summary>The way a credential ends.</summary>
internal static class CredentialRows
{
    /// <summary>Value of the column origin: the client existed before its application.</summary>
    public const string Mapped = "MAPPED";

    /// <summary>Value of the column origin: the portal made the client.</summary>
    public const string Created = "CREATED";

    /// <summary>Ends a consumer key, its secrets and everything that was granted to it; gateways refuse its tokens.</summary>
    public static async Task RemoveAsync(RuntimeTransaction db, string consumerKey, long now)
    {
        await AuthorizationRows.RemoveAsync(db, consumerKey);
        await db.ExecuteAsync("DELETE FROM credential_secrets WHERE consumer_key = @consumerKey", new { consumerKey });
        await db.ExecuteAsync("DELETE FROM credentials WHERE consumer_key = @consumerKey", new { consumerKey });
        await Tombstones.BuryAsync(db, RuntimeKind.Credential, consumerKey, now);
    }
}
