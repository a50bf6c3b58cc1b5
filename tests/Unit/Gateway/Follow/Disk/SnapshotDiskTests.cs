using Tollgate.Gateway.Follow;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway.Follow.Disk;

/// <summary>What is on disk is either read as it was written or refused with a log line, and nothing that was kept is lost by one damaged file.</summary>
public sealed class SnapshotDiskTests
{
    [Fact]
    public void Load_AfterARestart_GivesTheLastState()
    {
        using var state = KeptState.OfTwoGenerations();
        AssertIs(state.Current, state.Load());
        Assert.Empty(state.Log);
    }

    [Fact]
    public void Load_AnyByteOfTheNewestBaseChanged_IsRefusedAndThePredecessorGivesTheSameState()
    {
        using var state = KeptState.OfTwoGenerations();
        var path = state.Files("*.base")[^1];
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);
            AssertIs(state.Current, state.Load());
            Assert.Contains(state.Log, line => line.Contains($"{path} is refused", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Load_NewestBaseCutOffAnywhere_IsRefusedAndThePredecessorGivesTheSameState()
    {
        using var state = KeptState.OfTwoGenerations();
        var path = state.Files("*.base")[^1];
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            AssertIs(state.Current, state.Load());
            Assert.Contains(state.Log, line => line.Contains($"{path} is refused", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Load_LogChangedOrCutOffAnywhere_GivesAStateThatOnceWas()
    {
        using var state = KeptState.OfTwoGenerations();
        var path = state.Files("*.log")[^1];
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 0x10;
            foreach (var damaged in (byte[][])[changed, bytes[..at]])
            {
                File.WriteAllBytes(path, damaged);
                var loaded = state.Load()!;
                // The second generation began at version 3 and its log leads to 5.
                Assert.InRange(loaded.Cursor.Version, 3, 4);
                Assert.Equal(loaded.Cursor.Version, loaded.Policies.Count);
            }
        }
    }

    [Fact]
    public void Load_FilesInEachOthersPlace_AreNotTakenForWhatTheyAreNot()
    {
        using var state = KeptState.OfTwoGenerations();
        var (bases, logs) = (state.Files("*.base"), state.Files("*.log"));
        File.Copy(logs[0], bases[1], overwrite: true);
        AssertIs(state.Current, state.Load());
        Assert.Contains(state.Log, line => line.Contains($"{bases[1]} is refused", StringComparison.Ordinal));

        // An older base under the newest name is genuine; the logs bring it up to date.
        File.Copy(bases[0], bases[1], overwrite: true);
        AssertIs(state.Current, state.Load());
    }

    [Fact]
    public void Load_WithAnotherMasterKey_RefusesEverything()
    {
        using var state = KeptState.OfTwoGenerations();
        using var foreign = new KeptState { Key = new MasterKey([.. Enumerable.Repeat((byte)1, 32)]) };
        foreach (var file in Directory.GetFiles(state.Folder))
        {
            File.Copy(file, Path.Combine(foreign.Folder, Path.GetFileName(file)));
        }

        Assert.Null(foreign.Load());
        Assert.Equal(2, foreign.Log.Count(line => line.Contains(".base is refused", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_NothingOrNothingReadable_GivesNull()
    {
        using var state = new KeptState();
        Assert.Null(state.Load());
        File.WriteAllText(Path.Combine(state.Folder, "00000001.base"), "TGATE1");
        File.WriteAllText(Path.Combine(state.Folder, "notes.base"), "");
        Assert.Null(state.Load());
        Assert.Single(state.Log);
    }

    [Fact]
    public void Load_OfWhatWasReadBefore_IsThat()
    {
        using var state = KeptState.OfTwoGenerations();
        var early = state.Read();
        using var disk = state.Open();

        Assert.Same(early.Snapshot, disk.Load(early));
    }

    // Another process wrote to the folder before this one had it for itself.
    [Fact]
    public void Load_OfAFolderThatChangedSinceItWasRead_ReadsItAgain()
    {
        using var state = KeptState.OfTwoGenerations();
        var early = state.Read();
        using (var other = state.Open())
        {
            other.Load();
            state.Follow(other, "late");
        }

        using var disk = state.Open();

        AssertIs(state.Current, disk.Load(early));
    }

    // Names of a megabyte fill the log quickly: it is folded into a new base several times.
    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    public void Crash_AtAnyMomentWhileLogsAreFolded_LosesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "An open log cannot be copied there as a crash would leave it.");
        using var state = new KeptState();
        using var disk = state.Open();
        disk.Load();
        for (var i = 0; i < 12; i++)
        {
            state.Follow(disk, i + new string('x', 1024 * 1024));
            using var crashed = state.Copy();
            AssertIs(state.Current, crashed.Load());
        }

        Assert.False(state.Files("*.base")[^1].EndsWith("1.base", StringComparison.Ordinal), "nothing was folded");
    }

    private static void AssertIs(Snapshot expected, Snapshot? loaded)
    {
        Assert.NotNull(loaded);
        Assert.Equal(expected.Cursor, loaded.Cursor);
        Assert.Equal(
            expected.Things.ToDictionary(thing => thing.Key, thing => thing.Value.Version),
            loaded.Things.ToDictionary(thing => thing.Key, thing => thing.Value.Version));
    }
}
