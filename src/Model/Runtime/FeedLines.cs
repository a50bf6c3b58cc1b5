namespace Tollgate.Model.Runtime;

/// <summary>First line of a feed answer (newline-delimited JSON); then come the changes, one per line, then <see cref="FeedEnd"/>.</summary>
/// <param name="Epoch">Epoch of the versions below.</param>
/// <param name="From">The version the follower has; 0 when everything follows and replaces what it has.</param>
/// <param name="Version">The version the follower has once it applied the answer.</param>
/// <param name="Time">The control plane's clock, Unix milliseconds.</param>
public sealed record FeedStart(string Epoch, long From, long Version, long Time);

/// <summary>Last line of a feed answer: without it, the answer broke off and is dropped.</summary>
/// <param name="End">The version again.</param>
/// <param name="Changes">How many changes were sent.</param>
public sealed record FeedEnd(long End, long Changes);

/// <summary>Names that both ends of the feed use.</summary>
public static class FeedNames
{
    public const string Path = "/internal/runtime/changes";
    public const string KeyUsePath = "/internal/api-keys/used";
    public const string TokenPath = "/internal/tokens";
    public const string LoginPath = "/internal/nodes/login";
    public const string ContentType = "application/x-ndjson";
}
