using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Runtime;
using Tollgate.Storage.Tokens;

namespace Tollgate.Storage.Applications;

/// <summary>The ways API keys end.</summary>
internal static class ApiKeyRows
{
    /// <summary>Ends a key: an opaque one is gone for gateways, a self-contained one is revoked by its id.</summary>
    public static async Task RemoveAsync(RuntimeTransaction db, ApiKey key, long now)
    {
        await EndAsync(db, key, now);
        await db.ExecuteAsync("DELETE FROM api_keys WHERE id = @Id", new { key.Id });
    }

    /// <summary>What is known under the old key text ends; the row may go on under a new one.</summary>
    public static async Task EndAsync(RuntimeTransaction db, ApiKey key, long now)
    {
        if (key.TokenId is { } tokenId)
        {
            await RevocationRows.PutAsync(db, new Revocation(RevocationKind.Token, tokenId, 0, key.ExpiresAt));
        }
        else
        {
            await Tombstones.BuryAsync(db, RuntimeKind.ApiKey, key.Id, now);
        }
    }

    /// <summary>The application ends: its keys go with it; keys of APIs that it was lent are nobody's again.</summary>
    public static async Task RemoveOfApplicationAsync(RuntimeTransaction db, string applicationId, long now)
    {
        foreach (var row in await db.ListAsync<ApiKeyRow>(
            $"SELECT {ApiKeyRow.Columns} FROM api_keys k WHERE k.application_id = @applicationId AND k.api_id IS NULL", new { applicationId }))
        {
            await RemoveAsync(db, row.ToApiKey(), now);
        }

        await db.ExecuteAsync(
            "UPDATE api_keys SET application_id = NULL, runtime_version = @version WHERE application_id = @applicationId",
            new { applicationId, version = db.Version });
    }

    /// <summary>The API ends, and with it the keys that call nothing else.</summary>
    public static async Task RemoveOfApiAsync(RuntimeTransaction db, string apiId, long now)
    {
        foreach (var row in await db.ListAsync<ApiKeyRow>(
            $"SELECT {ApiKeyRow.Columns} FROM api_keys k WHERE k.api_id = @apiId", new { apiId }))
        {
            await RemoveAsync(db, row.ToApiKey(), now);
        }
    }
}
