using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Environments;

/// <summary>A gateway, as the control node that it follows saw it last.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Profile">What it was started as.</param>
/// <param name="Environments">Those that it serves.</param>
/// <param name="Version">The runtime version that it serves.</param>
/// <param name="SeenAt">When it last asked for changes, Unix milliseconds.</param>
public sealed record SeenGateway(string Node, string Profile, IReadOnlyList<string> Environments, long Version, long SeenAt)
{
    /// <summary>When it asked for the first time.</summary>
    public long FirstSeenAt { get; init; } = SeenAt;
}

/// <summary>The gateways of all control nodes: each writes down those that follow it, any of them shows all.</summary>
public sealed class GatewayStore(ApimDatabase database)
{
    private const string Columns = "node, profile, environments, version, first_seen_at, seen_at";

    public async Task<IReadOnlyList<SeenGateway>> ListAsync() =>
        [.. (await database.ReadAsync(db => db.ListAsync<Row>($"SELECT {Columns} FROM gateways ORDER BY node"))).Select(row => row.ToGateway())];

    /// <summary>Writes down what was seen, unless another control node has seen the gateway since.</summary>
    public async Task SawAsync(SeenGateway gateway)
    {
        var row = Row.Of(gateway);
        if (!await database.WriteBesideAsync(db => UpdateAsync(db, row)))
        {
            // In turn with others, so that two control nodes do not both insert.
            await database.WriteAsync(async db => await UpdateAsync(db, row) ? 0 : await db.ExecuteAsync(
                $"INSERT INTO gateways ({Columns}) VALUES (@Node, @Profile, @Environments, @Version, @FirstSeenAt, @SeenAt)", row));
        }
    }

    private static async Task<bool> UpdateAsync(Transaction db, Row row) =>
        await db.ExecuteAsync(
            """
            UPDATE gateways SET profile = @Profile, environments = @Environments, version = @Version, seen_at = @SeenAt
            WHERE node = @Node AND seen_at <= @SeenAt
            """,
            row) > 0
        || await db.AnyAsync("SELECT 1 FROM gateways WHERE node = @Node", row);

    private sealed record Row
    {
        public string Node { get; init; } = "";

        public string Profile { get; init; } = "";

        public string Environments { get; init; } = "";

        public long Version { get; init; }

        public long FirstSeenAt { get; init; }

        public long SeenAt { get; init; }

        public static Row Of(SeenGateway gateway) => new()
        {
            Node = gateway.Node,
            Profile = gateway.Profile,
            Environments = ModelJson.Write(gateway.Environments),
            Version = gateway.Version,
            FirstSeenAt = gateway.FirstSeenAt,
            SeenAt = gateway.SeenAt,
        };

        public SeenGateway ToGateway() =>
            new(Node, Profile, ModelJson.Read<string[]>(Environments), Version, SeenAt) { FirstSeenAt = FirstSeenAt };
    }
}
