using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Environments;
using Tollgate.Storage.Runtime;

namespace Tollgate.Admin.Gateways;

/// <summary>The gateways that an administrator sees, and against what their state is held.</summary>
/// <param name="Gateways">Those that were seen.</param>
/// <param name="Newest">The newest runtime version.</param>
/// <param name="Now">Unix time in milliseconds.</param>
internal sealed record GatewaysSeen(IReadOnlyList<SeenGateway> Gateways, long Newest, long Now);

/// <summary>Finds them, for REST and for the page.</summary>
internal sealed class SeenGateways(GatewayStore gateways, ApimDatabase database, TimeProvider time)
{
    public async Task<GatewaysSeen> ByAsync(Caller caller, CancellationToken cancellation)
    {
        // Before the gateways: one that is up to date is never shown behind.
        var newest = (await database.CursorAsync(cancellation)).Version;

        // Gateways serve all organizations, and are the first one's to run.
        var seen = caller.Organization == Organization.Default ? await gateways.ListAsync() : [];
        return new GatewaysSeen(seen, newest, time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
