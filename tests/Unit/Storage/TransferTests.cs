using Tollgate.Storage.Transfer;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class TransferTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-backup-").FullName;

    private string File => Path.Combine(_folder, "backup.zip");

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task BackupAndRestore_IntoAnotherProduct_KeepsEveryRow(string product)
    {
        using var source = await FilledAsync(product);
        using var embedded = World.Empty(Products.Sqlite);
        using var back = World.Empty(product);

        await NewBackup().WriteAsync(Pair(source), File, TestContext.Current.CancellationToken);
        await NewBackup().RestoreAsync(File, Pair(embedded), replace: false);
        await NewBackup().CopyAsync(Pair(embedded), Pair(back), replace: false, TestContext.Current.CancellationToken);

        var before = await ContentAsync(source);
        Assert.Contains(before, row => row.Contains("Grüße 😀", StringComparison.Ordinal));
        Assert.Equal(before, await ContentAsync(embedded));
        Assert.Equal(before, await ContentAsync(back));
        var (first, second, third) = (await source.Apim.CursorAsync(), await embedded.Apim.CursorAsync(), await back.Apim.CursorAsync());
        Assert.Equal((first.Version, first.Version), (second.Version, third.Version));
        Assert.Equal(3, ((string[])[first.Epoch, second.Epoch, third.Epoch]).Distinct().Count());
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Restore_IntoADatabaseWithContent_NeedsToBeTold(string product)
    {
        using var source = await FilledAsync(product);
        await NewBackup().WriteAsync(Pair(source), File, TestContext.Current.CancellationToken);
        await source.Applications.CreateAsync(Application("org", "Later"));

        await Assert.ThrowsAsync<TransferException>(() => NewBackup().RestoreAsync(File, Pair(source), replace: false));
        Assert.Contains(await ContentAsync(source), row => row.Contains("Later", StringComparison.Ordinal));
        await NewBackup().RestoreAsync(File, Pair(source), replace: true);

        Assert.DoesNotContain(await ContentAsync(source), row => row.Contains("Later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_DamagedFile_ChangesNothing()
    {
        using var source = await FilledAsync(Products.Sqlite);
        await NewBackup().WriteAsync(Pair(source), File, TestContext.Current.CancellationToken);
        await using (var zip = await System.IO.Compression.ZipFile.OpenAsync(File, System.IO.Compression.ZipArchiveMode.Update))
        {
            zip.GetEntry("apim/applications.ndjson")!.Delete();
            await using var forged = new StreamWriter(zip.CreateEntry("apim/applications.ndjson").Open());
            await forged.WriteAsync("{}\n");
        }

        var before = await ContentAsync(source);
        var refusal = await Assert.ThrowsAsync<TransferException>(() => NewBackup().RestoreAsync(File, Pair(source), replace: true));

        Assert.Contains("apim/applications.ndjson is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync(source));
    }

    [Fact]
    public async Task Backup_OntoAnExistingFile_IsRefused()
    {
        using var source = await FilledAsync(Products.Sqlite);
        await System.IO.File.WriteAllTextAsync(File, "precious", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TransferException>(() => NewBackup().WriteAsync(Pair(source), File));

        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Backup NewBackup() => new(TimeProvider.System, "test", _ => { });

    private static DatabasePair Pair(World world) => new(world.Apim, world.Shared);

    private static async Task<World> FilledAsync(string product)
    {
        var world = await World.CreateAsync(product);
        var api = Api("org", "Grüße 😀", context: "/gruss");
        await world.Apis.CreateAsync(api, Content("""{"openapi":"3.0.1"}"""));
        await world.Revisions.CreateAsync(api, null, 5, "admin");
        for (var index = 0; index < 120; index++)
        {
            await world.Applications.CreateAsync(Application("org", $"App{index}"));
        }

        await world.Users.CreateAsync(User("org", "Ann"));
        return world;
    }

    // Every row of every table but what is new in each history, as text, in one order.
    private static async Task<IReadOnlyList<string>> ContentAsync(World world)
    {
        List<string> rows = [];
        foreach (var area in TableList.Areas)
        {
            foreach (var table in TableList.WithContent(world.Database.Dialect, area))
            {
                var read = await world.Database.ReadAsync(async db => await DatabaseRows.ReadAsync(db, table).ToListAsync());
                rows.AddRange(read.Select(row => $"{table}: " + string.Join(", ", row
                    .Where(column => table != "search_texts" || column.Key != "number")
                    .OrderBy(column => column.Key, StringComparer.Ordinal)
                    .Select(column => $"{column.Key}={(column.Value is byte[] blob ? Convert.ToHexString(blob) : column.Value)}"))));
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
