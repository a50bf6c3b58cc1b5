using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Comments;

/// <summary>Ratings of APIs: one per person.</summary>
public sealed class RatingStore(ApimDatabase database, TimeProvider time)
{
    private const string Columns = "id, api_id, rated_by, stars";

    public Task<Page<Rating>> ListAsync(string apiId, PageRequest page) => database.ReadAsync(async db =>
    {
        var arguments = new { apiId, limit = page.Limit, offset = page.Offset };
        var total = await db.FirstAsync<int>("SELECT COUNT(*) FROM ratings WHERE api_id = @apiId", arguments);
        return new Page<Rating>(
            await db.ListAsync<Rating>(
                $"SELECT {Columns} FROM ratings WHERE api_id = @apiId ORDER BY rated_by LIMIT @limit OFFSET @offset", arguments),
            total);
    });

    public Task<Rating?> FindAsync(string apiId, string user) => database.ReadAsync(db => db.FirstAsync<Rating>(
        $"SELECT {Columns} FROM ratings WHERE api_id = @apiId AND rated_by = @user", new { apiId, user }));

    /// <summary>The ratings of several APIs in sums, for lists; APIs without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, RatingSum>> SumsAsync(IReadOnlyCollection<string> apiIds) => (await database.ReadAsync(db =>
        db.ListAsync<SumRow>(
            "SELECT api_id, COUNT(*) AS total, SUM(stars) AS stars FROM ratings WHERE api_id IN @apiIds GROUP BY api_id", new { apiIds })))
        .ToDictionary(row => row.ApiId, row => new RatingSum(row.Total, row.Stars));

    public Task<Rating> PutAsync(string apiId, string user, int stars) => database.WriteAsync(async db =>
    {
        await ApiParts.HoldAsync(db, apiId);
        var known = await db.FirstAsync<Rating>($"SELECT {Columns} FROM ratings WHERE api_id = @apiId AND rated_by = @user", new { apiId, user });
        var now = time.GetUtcNow();
        var rating = (known ?? new Rating { Id = Guid.CreateVersion7(now).ToString(), ApiId = apiId, RatedBy = user }) with { Stars = stars };
        await db.ExecuteAsync("DELETE FROM ratings WHERE api_id = @apiId AND rated_by = @user", new { apiId, user });
        await db.ExecuteAsync(
            $"INSERT INTO ratings ({Columns}, rated_at) VALUES (@Id, @ApiId, @RatedBy, @Stars, @at)",
            new { rating.Id, rating.ApiId, rating.RatedBy, rating.Stars, at = now.ToUnixTimeMilliseconds() });
        return rating;
    });

    public Task DeleteAsync(string apiId, string user) => database.WriteAsync(db => db.ExecuteAsync(
        "DELETE FROM ratings WHERE api_id = @apiId AND rated_by = @user", new { apiId, user }));

    private sealed record SumRow
    {
        public string ApiId { get; init; } = "";

        public long Total { get; init; }

        public long Stars { get; init; }
    }
}
