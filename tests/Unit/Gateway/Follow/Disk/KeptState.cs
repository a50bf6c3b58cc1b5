using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Follow.Disk;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway.Follow.Disk;

/// <summary>A gateway's folder on disk, written as its follower does: state from the start, then change by change.</summary>
internal sealed class KeptState : IDisposable
{
    public const string Epoch = "history-1";

    private readonly GatewayOptions _options;

    public KeptState()
        : this(Directory.CreateTempSubdirectory("tollgate-disk-").FullName)
    {
    }

    private KeptState(string folder) => _options = new GatewayOptions { SnapshotFolder = folder };

    public string Folder => _options.SnapshotFolder;

    /// <summary>What the last load had to say.</summary>
    public List<string> Log { get; } = [];

    public Snapshot Current { get; private set; } = Snapshot.Empty;

    public MasterKey Key { get; init; } = new(new byte[32]);

    public string[] Files(string pattern) => [.. Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal)];

    public SnapshotDisk Open() => new(Key, _options, TimeProvider.System, new Listener(Log));

    public StoredState Read() => StoredState.Read(_options, Key, TimeProvider.System);

    /// <summary>Loads as a start does; the state that was found, or null.</summary>
    public Snapshot? Load()
    {
        Log.Clear();
        using var disk = Open();
        return disk.Load();
    }

    /// <summary>Follows one change: a policy of this name.</summary>
    public void Follow(SnapshotDisk disk, string name)
    {
        var version = Current.Cursor.Version + 1;
        var change = new RuntimeChange
        {
            Version = version,
            Kind = RuntimeKind.Policy,
            Id = name,
            Policy = new RuntimePolicy("carbon.super", PolicyKind.Subscription, name, null, null, true),
        };
        var editor = new SnapshotEditor(Current, Current.Keys, _options);
        editor.Apply(change);
        var next = editor.Build(new RuntimeCursor(Epoch, version), 0);
        // The first answer is the whole state, from version 0.
        disk.Keep(new FeedStart(Epoch, Current.Cursor.Version, version, 0), [change], Current, next);
        Current = next;
    }

    /// <summary>Two generations of a base and its log: a first state, changes, a restart, more changes.</summary>
    public static KeptState OfTwoGenerations()
    {
        var state = new KeptState();
        foreach (var names in (string[][])[["a", "b", "c"], ["d", "e"]])
        {
            using var disk = state.Open();
            disk.Load();
            foreach (var name in names)
            {
                state.Follow(disk, name);
            }
        }

        Assert.Equal((2, 2), (state.Files("*.base").Length, state.Files("*.log").Length));
        return state;
    }

    /// <summary>The folder as it is now: what a crash at this moment would leave.</summary>
    public KeptState Copy()
    {
        var copy = new KeptState { Current = Current, Key = Key };
        // A base that is just being written has another name until it is whole. The log is open and locked; cp does not ask for locks.
        foreach (var file in Directory.GetFiles(Folder).Where(file => !file.EndsWith(".new", StringComparison.Ordinal)))
        {
            using var copying = Process.Start("cp", [file, copy.Folder]);
            copying.WaitForExit();
            Assert.Equal(0, copying.ExitCode);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class Listener(List<string> lines) : ILogger<SnapshotDisk>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                lines.Add(formatter(state, exception));
            }
        }
    }
}
