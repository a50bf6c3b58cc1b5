using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Audit;

namespace Tollgate.Unit.Storage.Audit;

/// <summary>The chain of the audit log: whatever is done to the table shows.</summary>
public sealed class AuditStoreTests
{
    public static TheoryData<string, string, string> Changes => OnAll(
        ("UPDATE audit_entries SET user_name = 'other' WHERE node = 'b' AND number = 2", "Entry 2 of node 'b' was changed."),
        ("UPDATE audit_entries SET details = @nothing WHERE node = 'a' AND number = 1", "Entry 1 of node 'a' was changed."),
        ("DELETE FROM audit_entries WHERE node = 'a' AND number = 2", "Entry 2 of node 'a' is missing."),
        ("DELETE FROM audit_entries WHERE node = 'a' AND number = 3", "The chain of node 'a' ends at entry 2; it had 3."),
        ("DELETE FROM audit_chains WHERE node = 'b'", "The chain of node 'b' has lost its end."),
        ("UPDATE audit_entries SET node = 'c' WHERE node = 'b'", "The chain of node 'b' ends at entry 0; it had 3."));

    public static TheoryData<string, string, string> ChangesBeforePruning => OnAll(
        ("UPDATE audit_entries SET user_name = 'other' WHERE node = 'a' AND number = 2", "Entry 2 of node 'a' was changed."),
        ("DELETE FROM audit_entries WHERE node = 'a' AND number = 1", "Entry 1 of node 'a' is missing."),
        ("INSERT INTO audit_prunings (node, number, entry_hash, seal) VALUES ('a', 1, 'x', 'y')", "The beginning of the chain of node 'a' was moved."));

    public static TheoryData<string, string, string> ChangesAfterPruning => OnAll(
        ("DELETE FROM audit_prunings WHERE node = 'a'", "Entry 1 of node 'a' is missing."),
        ("DELETE FROM audit_entries WHERE node = 'a' AND number = 2", "Entry 2 of node 'a' is missing."),
        ("UPDATE audit_prunings SET number = 2 WHERE node = 'a'", "The beginning of the chain of node 'a' was moved."),
        ("DELETE FROM audit_prunings WHERE node = 'a'; UPDATE audit_prunings SET node = 'a' WHERE node = 'b'",
            "The beginning of the chain of node 'a' was moved."));

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Verify_UntouchedChains_HoldAndCountAll(string product)
    {
        using var world = await FilledAsync(product);
        Assert.Equal(new AuditVerdict(6, null), await VerifyAsync(world));
    }

    [Theory, MemberData(nameof(Changes))]
    public async Task Verify_ATableSomebodyChanged_NamesTheFirstProblem(string product, string sql, string problem)
    {
        using var world = await FilledAsync(product);
        await world.Apim.WriteAsync(db => db.ExecuteAsync(sql, new { nothing = new byte[1] }));
        Assert.Equal(problem, (await VerifyAsync(world)).Problem);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Verify_WithAnotherMasterKey_FindsNothingThatHolds(string product)
    {
        using var world = await FilledAsync(product);
        Assert.NotNull((await new AuditChains(world.Apim, new MasterKey(new byte[32])).VerifyAsync(CancellationToken.None)).Problem);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Prune_OldEntries_LeavesChainsThatHoldAndGoOn(string product)
    {
        using var world = await FilledAsync(product);
        Assert.Equal(new AuditVerdict(0, null, 4), await Chains(world).PruneAsync(before: 2, CancellationToken.None));
        Assert.Equal(new AuditVerdict(2, null, 4), await VerifyAsync(world));
        await Store(world, "a").AppendAsync(Entry(3));
        Assert.Equal(new AuditVerdict(0, null, 3), await Chains(world).PruneAsync(before: 4, CancellationToken.None));
        Assert.Equal(new AuditVerdict(0, null, 7), await VerifyAsync(world));
        await Store(world, "b").AppendAsync(Entry(5));
        Assert.Equal(new AuditVerdict(1, null, 7), await VerifyAsync(world));
        Assert.Equal(new AuditVerdict(0, null), await Chains(world).PruneAsync(before: 4, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Prune_MoreThanOneStepTakes_EndsWhereTheTimeIsNotOver(string product)
    {
        using var world = await World.CreateAsync(product);
        for (var time = 0; time < 405; time++)
        {
            await Store(world, "a").AppendAsync(Entry(time));
        }

        Assert.Equal(new AuditVerdict(0, null, 402), await Chains(world).PruneAsync(before: 402, CancellationToken.None));
        Assert.Equal(new AuditVerdict(3, null, 402), await VerifyAsync(world));
    }

    [Theory, MemberData(nameof(ChangesBeforePruning))]
    public async Task Prune_AChainSomebodyChanged_KeepsTheEvidence(string product, string sql, string problem)
    {
        using var world = await FilledAsync(product);
        await world.Apim.WriteAsync(db => db.ExecuteAsync(sql));
        Assert.Equal(problem, (await Chains(world).PruneAsync(before: 9, CancellationToken.None)).Problem);
        Assert.Equal(problem, (await VerifyAsync(world)).Problem);
    }

    [Theory, MemberData(nameof(ChangesAfterPruning))]
    public async Task Verify_AShortenedChainSomebodyChanged_NamesTheFirstProblem(string product, string sql, string problem)
    {
        using var world = await FilledAsync(product);
        await Chains(world).PruneAsync(before: 1, CancellationToken.None);
        await world.Apim.WriteAsync(db => db.ExecuteAsync(sql));
        Assert.Equal(problem, (await VerifyAsync(world)).Problem);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_Filtered_IsPagedNewestFirstWithTheTrueTotal(string product)
    {
        using var world = await FilledAsync(product);
        var found = await Store(world, "a").ListAsync(new AuditQuery { Organization = "o", From = 1 }, new PageRequest(1, 2));
        Assert.Equal(4, found.Total);
        Assert.Equal([("a", 3L), ("b", 2L)], found.Items.Select(entry => (entry.Node, entry.Number)));
        Assert.Equal("""{"request":2}""", found.Items[0].Details);
        Assert.Equal(0, (await Store(world, "a").ListAsync(new AuditQuery { UserName = "nobody" }, new PageRequest(0, 9))).Total);
    }

    private static TheoryData<string, string, string> OnAll(params (string Sql, string Problem)[] changes)
    {
        var all = new TheoryData<string, string, string>();
        foreach (var product in Products.All.Select(row => row.Data))
        {
            foreach (var (sql, problem) in changes)
            {
                all.Add(product, sql, problem);
            }
        }

        return all;
    }

    private static async Task<World> FilledAsync(string product)
    {
        var world = await World.CreateAsync(product);
        foreach (var node in (string[])["a", "b"])
        {
            for (var i = 0; i < 3; i++)
            {
                await Store(world, node).AppendAsync(Entry(i));
            }
        }

        return world;
    }

    private static AuditStore Store(World world, string node) =>
        new(world.Apim, Key(), new AuditNode(node));

    private static AuditChains Chains(World world) => new(world.Apim, Key());

    private static MasterKey Key() => new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static Task<AuditVerdict> VerifyAsync(World world) => Chains(world).VerifyAsync(CancellationToken.None);

    private static AuditEntry Entry(int time) => new()
    {
        Organization = "o",
        UserName = "ann",
        HappenedAt = time,
        Method = "POST",
        Route = "/things",
        Target = "/things",
        Status = 201,
        Correlation = "c",
        Details = $$"""{"request":{{time}}}""",
    };
}
