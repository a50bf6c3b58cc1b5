using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Storage.Runtime;

/// <summary>Marks things as gone for the followers of the feed.</summary>
internal static class Tombstones
{
    /// <summary>Followers further behind than this get everything anew.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static async Task BuryAsync(RuntimeTransaction db, RuntimeKind kind, string id, long now)
    {
        await LiftAsync(db, kind, id);
        await db.ExecuteAsync(
            "INSERT INTO runtime_tombstones (kind, id, runtime_version, removed_at) VALUES (@kind, @id, @version, @now)",
            new { kind = EnumText<RuntimeKind>.Of(kind), id, version = db.Version, now });
    }

    /// <summary>The thing exists again under the same id (a deployment that comes back).</summary>
    public static Task LiftAsync(RuntimeTransaction db, RuntimeKind kind, string id) => db.ExecuteAsync(
        "DELETE FROM runtime_tombstones WHERE kind = @kind AND id = @id", new { kind = EnumText<RuntimeKind>.Of(kind), id });
}
