using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.Storage;
using Tollgate.Storage.Audit;
using Tollgate.Storage.Dialects;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Runtime;

namespace Tollgate.Unit.Storage.Audit;

/// <summary>The chain of the audit log: whatever is done to the table shows.</summary>
public sealed class AuditStoreTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tollgate-unit-" + Guid.NewGuid().ToString("n")[..12]);
    private Database _database = null!;
    private ApimDatabase _apim = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new SqliteDialect(Path.Combine(_folder, "apim.db")));
        _apim = new ApimDatabase(_database, new RuntimeSignal());
        await new Migrator(TimeProvider.System).MigrateAsync(_apim);
        foreach (var node in (string[])["a", "b"])
        {
            for (var i = 0; i < 3; i++)
            {
                await Store(node).AppendAsync(Entry(i));
            }
        }
    }

    [Fact]
    public async Task Verify_UntouchedChains_HoldAndCountAll() => Assert.Equal(new AuditVerdict(6, null), await VerifyAsync());

    [Theory]
    [InlineData("UPDATE audit_entries SET user_name = 'other' WHERE node = 'b' AND number = 2", "Entry 2 of node 'b' was changed.")]
    [InlineData("UPDATE audit_entries SET details = x'00' WHERE node = 'a' AND number = 1", "Entry 1 of node 'a' was changed.")]
    [InlineData("DELETE FROM audit_entries WHERE node = 'a' AND number = 2", "Entry 2 of node 'a' is missing.")]
    [InlineData("DELETE FROM audit_entries WHERE node = 'a' AND number = 3", "The chain of node 'a' ends at entry 2; it had 3.")]
    [InlineData("DELETE FROM audit_chains WHERE node = 'b'", "The chain of node 'b' has lost its end.")]
    [InlineData("UPDATE audit_entries SET node = 'c' WHERE node = 'b'", "The chain of node 'b' ends at entry 0; it had 3.")]
    public async Task Verify_ATableSomebodyChanged_NamesTheFirstProblem(string sql, string problem)
    {
        await _apim.WriteAsync(db => db.ExecuteAsync(sql));
        Assert.Equal(problem, (await VerifyAsync()).Problem);
    }

    [Fact]
    public async Task Verify_WithAnotherMasterKey_FindsNothingThatHolds() =>
        Assert.NotNull((await new AuditStore(_apim, new MasterKey(new byte[32]), new AuditNode("a")).VerifyAsync(CancellationToken.None)).Problem);

    [Fact]
    public async Task List_Filtered_IsPagedNewestFirstWithTheTrueTotal()
    {
        var found = await Store("a").ListAsync(new AuditQuery { Organization = "o", From = 1 }, new PageRequest(1, 2));
        Assert.Equal(4, found.Total);
        Assert.Equal([("b", 3L), ("a", 2L)], found.Items.Select(entry => (entry.Node, entry.Number)));
        Assert.Equal("""{"request":2}""", found.Items[0].Details);
        Assert.Equal(0, (await Store("a").ListAsync(new AuditQuery { UserName = "nobody" }, new PageRequest(0, 9))).Total);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private AuditStore Store(string node) => new(_apim, new MasterKey([.. Enumerable.Range(0, 32).Select(i => (byte)i)]), new AuditNode(node));

    private Task<AuditVerdict> VerifyAsync() => Store("a").VerifyAsync(CancellationToken.None);

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
