using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage.Audit;

namespace Tollgate.Unit.Storage.Audit;

/// <summary>The chain of the audit log: whatever is done to the table shows.</summary>
public sealed class AuditStoreTests
{
    public static TheoryData<string, string, string> Changes
    {
        get
        {
            var changes = new TheoryData<string, string, string>();
            foreach (var product in Products.All.Select(row => row.Data))
            {
                changes.Add(product, "UPDATE audit_entries SET user_name = 'other' WHERE node = 'b' AND number = 2", "Entry 2 of node 'b' was changed.");
                changes.Add(product, "UPDATE audit_entries SET details = @nothing WHERE node = 'a' AND number = 1", "Entry 1 of node 'a' was changed.");
                changes.Add(product, "DELETE FROM audit_entries WHERE node = 'a' AND number = 2", "Entry 2 of node 'a' is missing.");
                changes.Add(
                    product, "DELETE FROM audit_entries WHERE node = 'a' AND number = 3", "The chain of node 'a' ends at entry 2; it had 3.");
                changes.Add(product, "DELETE FROM audit_chains WHERE node = 'b'", "The chain of node 'b' has lost its end.");
                changes.Add(product, "UPDATE audit_entries SET node = 'c' WHERE node = 'b'", "The chain of node 'b' ends at entry 0; it had 3.");
            }

            return changes;
        }
    }

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
        var other = new AuditStore(world.Apim, new MasterKey(new byte[32]), new AuditNode("a"));
        Assert.NotNull((await other.VerifyAsync(CancellationToken.None)).Problem);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_Filtered_IsPagedNewestFirstWithTheTrueTotal(string product)
    {
        using var world = await FilledAsync(product);
        var found = await Store(world, "a").ListAsync(new AuditQuery { Organization = "o", From = 1 }, new PageRequest(1, 2));
        Assert.Equal(4, found.Total);
        Assert.Equal([("b", 3L), ("a", 2L)], found.Items.Select(entry => (entry.Node, entry.Number)));
        Assert.Equal("""{"request":2}""", found.Items[0].Details);
        Assert.Equal(0, (await Store(world, "a").ListAsync(new AuditQuery { UserName = "nobody" }, new PageRequest(0, 9))).Total);
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
        new(world.Apim, new MasterKey([.. Enumerable.Range(0, 32).Select(i => (byte)i)]), new AuditNode(node));

    private static Task<AuditVerdict> VerifyAsync(World world) => Store(world, "a").VerifyAsync(CancellationToken.None);

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
