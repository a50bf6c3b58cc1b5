using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Documents;

/// <summary>Icons of APIs.</summary>
public sealed class ThumbnailStore(ApimDatabase database, TimeProvider time)
{
    public async Task<(MediaContent Image, long RowVersion)?> FindAsync(string apiId) => await database.ReadAsync(db => db.FirstAsync<Row>(
        "SELECT media_type, content, row_version FROM thumbnails WHERE api_id = @apiId", new { apiId })) is { } row
        ? (new MediaContent(row.MediaType, row.Content), row.RowVersion)
        : null;

    /// <summary>Puts an icon in the place of the one before; returns its version.</summary>
    public Task<long> PutAsync(string apiId, MediaContent image, string user) => database.WriteAsync(async db =>
    {
        await ApiParts.HoldAsync(db, apiId);
        var version = await ThumbnailRows.PutAsync(db, apiId, image);
        await ApiChangeRows.AddAsync(
            db, apiId, "thumbnail.changed", "", [FieldChanges.Of<string>("thumbnail", null, $"{image.MediaType}, {image.Bytes.Length} bytes")], user,
            time.GetUtcNow());
        return version;
    });

    private sealed record Row
    {
        public string MediaType { get; init; } = "";

        public byte[] Content { get; init; } = [];

        public long RowVersion { get; init; }
    }
}

/// <summary>Writes icons inside somebody's transaction.</summary>
internal static class ThumbnailRows
{
    public static async Task<long> PutAsync(Transaction db, string apiId, MediaContent image)
    {
        var version = (await db.FirstAsync<long?>("SELECT row_version FROM thumbnails WHERE api_id = @apiId", new { apiId }) ?? 0) + 1;
        await db.ExecuteAsync("DELETE FROM thumbnails WHERE api_id = @apiId", new { apiId });
        await db.ExecuteAsync(
            "INSERT INTO thumbnails (api_id, media_type, content, row_version) VALUES (@apiId, @MediaType, @Bytes, @version)",
            new { apiId, image.MediaType, image.Bytes, version });

        // The API's own version rises only when its representation changes: with the first icon.
        await db.ExecuteAsync(
            "UPDATE apis SET has_thumbnail = 1, row_version = row_version + 1 WHERE id = @apiId AND has_thumbnail = 0", new { apiId });
        return version;
    }
}
