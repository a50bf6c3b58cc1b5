using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>tollgate db: what an administrator does with databases while no node runs on them.</summary>
public sealed class DatabaseCommandTests
{
    private const string KeyFile = "repository/resources/security/master.key";

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task BackupAndRestore_IntoAnotherInstallation_BringsItsApis()
    {
        using var home = new TestHome();
        var api = await PublishAsync(home);
        var file = Path.Combine(home.Path, "all.zip");
        await RunAsync(0, "db", "backup", file, "--home", home.Path);
        using var other = new TestHome();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(other.Path, KeyFile))!);
        File.Copy(Path.Combine(home.Path, KeyFile), Path.Combine(other.Path, KeyFile));

        await RunAsync(0, "db", "restore", file, "--home", other.Path);
        var again = await RunAsync(2, "db", "restore", file, "--home", other.Path);

        Assert.Contains("not empty", again, StringComparison.Ordinal);
        Assert.Contains("master key: fits", await RunAsync(0, "db", "check", "--home", other.Path), StringComparison.Ordinal);
        await using var node = await TestNode.StartAsync(other);
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        Assert.Equal("Kept", (string)(await admin.GetAsync($"{Portal.Publisher}/apis/{api}").ExpectAsync(200))["name"]!);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Copy_WithAnotherMasterKey_IsToldByCheck()
    {
        using var home = new TestHome();
        using var other = new TestHome();
        await using (var node = await TestNode.StartAsync(home))
        {
            await node.StopAsync();
        }

        await RunAsync(0, "db", "copy", "--to", other.Path, "--home", home.Path);

        Assert.Contains("does not fit", await RunAsync(2, "db", "check", "--home", other.Path), StringComparison.Ordinal);
        Assert.Contains("same databases", await RunAsync(2, "db", "copy", "--to", home.Path, "--home", home.Path), StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task MigrateAndCheck_OfAnEmptyDatabase_MakeItReady()
    {
        using var home = new TestHome();

        Assert.Matches("schema: [1-9][0-9]* statements to run", await RunAsync(0, "db", "check", "--home", home.Path));
        Assert.Contains("have the schema of this program", await RunAsync(0, "db", "migrate", "--home", home.Path), StringComparison.Ordinal);
        Assert.Contains("have the schema of this program", await RunAsync(0, "db", "migrate", "--home", home.Path), StringComparison.Ordinal);
        var ready = await RunAsync(0, "db", "check", "--home", home.Path);

        Assert.Equal(2, ready.Split("schema: up to date").Length - 1);
        Assert.Contains("no node has started on it yet", ready, StringComparison.Ordinal);
        await using var node = await TestNode.StartAsync(home);
        Assert.Contains("master key: fits", await RunAsync(0, "db", "check", "--home", home.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[database.apim_db]\ntype = \"postgresql\"\nport = 1\nname = \"x\"\nusername = \"x\"\npassword = \"hidden-7\"", "No PostgreSQL server answers")]
    [InlineData("[database.apim_db]\ntype = \"mysql\"\nport = 1\nname = \"x\"\nusername = \"x\"\npassword = \"hidden-7\"", "No MySQL server answers")]
    public async Task Check_OfADatabaseThatCannotBeReached_SaysSoInOneLine(string toml, string expected)
    {
        using var home = new TestHome(toml);

        var said = await RunAsync(2, "db", "check", "--home", home.Path);

        Assert.Contains(expected, Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-7", said, StringComparison.Ordinal);
    }

    private static async Task<string> PublishAsync(TestHome home)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var node = await TestNode.StartAsync(home);
        using var http = node.CreateClient();
        var portal = new Portal(Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword), node.ManagementUrl);
        var api = await portal.PublishAsync("Kept", backend.Url);
        await node.StopAsync();
        return api;
    }

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (code, output, errors) = await Programs.RunAsync(TestNode.ProgramPath, arguments);
        Assert.True(code == expected, $"exit code {code}: {errors}\n{output}");
        return output + errors;
    }
}
