using Tollgate.Security.Secrets;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>The state on disk, read while the rest of the node is put together: with a thousand APIs either takes half of the start.</summary>
/// <remarks>It is read before the node owns its home folder, so that <see cref="SnapshotDisk"/> reads again what has changed since.</remarks>
public sealed class EarlyState
{
    private Task<StoredState>? _reading;

    private EarlyState(Task<StoredState> reading) => _reading = reading;

    public static EarlyState Read(GatewayOptions options, MasterKey masterKey, TimeProvider time) =>
        new(Task.Run(() => StoredState.Read(options, masterKey, time)));

    // Once: a snapshot that was replaced is not held here.
    internal async Task<StoredState?> TakeAsync() => Interlocked.Exchange(ref _reading, null) is { } reading ? await reading : null;
}
