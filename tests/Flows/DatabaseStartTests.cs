using Tollgate.Databases;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>A node whose database server refuses it ends with one line that names the key to mend, and without the password.</summary>
public sealed class DatabaseStartTests
{
    private const string WrongPassword = "not-The-password-9913";

    [Theory]
    [InlineData("password", WrongPassword, "database.apim_db.username", "refused")]
    [InlineData("name", "no_such_database", "database.apim_db.name", "create it first")]
    [InlineData("hostname", "database.invalid", "database.apim_db.hostname", "check")]
    [InlineData("port", "1", "database.apim_db.port", "check")]
    public async Task Serve_OnADatabaseThatRefuses_SaysWhatToMend(string key, string value, string first, string second)
    {
        using var database = Create();

        var line = await RefusedAsync(Change(database.Toml("apim_db"), key, value) + database.Toml("shared_db"));

        Assert.Contains(first, line, StringComparison.Ordinal);
        Assert.Contains(second, line, StringComparison.Ordinal);
    }

    // The certificate of the test servers is for localhost, and they are reached as 127.0.0.1.
    [Theory]
    [InlineData("authority.crt", "verify-full")]
    [InlineData("other.crt", "verify-ca")]
    public async Task Serve_OnAServerThatCannotBeTrusted_NamesTheMode(string authority, string mode)
    {
        using var database = Create();
        Assert.SkipWhen(DatabaseServer.FileOf(authority) is null, "These servers were started by others: their authority is unknown.");
        var protection = $"ssl_mode = \"{mode}\"\nssl_root_certificate = \"{DatabaseServer.FileOf(authority)}\"\n";

        var line = await RefusedAsync(database.Toml("apim_db") + protection + database.Toml("shared_db"));

        Assert.Contains("database.apim_db.ssl_mode", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_OnAServerWithTheRightAuthority_Works()
    {
        using var database = Create();
        Assert.SkipWhen(DatabaseServer.FileOf("authority.crt") is null, "These servers were started by others: their authority is unknown.");
        var protection = $"ssl_mode = \"verify-full\"\nssl_root_certificate = \"{DatabaseServer.FileOf("authority.crt")}\"\n";
        using var home = new TestHome(
            Change(database.Toml("apim_db"), "hostname", "localhost") + protection + Change(database.Toml("shared_db"), "hostname", "localhost") + protection);

        await using var node = await TestNode.StartAsync(home);

        Assert.Equal(0, await node.StopAsync());
    }

    private static async Task<string> RefusedAsync(string toml)
    {
        using var home = new TestHome(toml);
        var (code, output, errors) = await Programs.RunAsync(TestNode.ProgramPath, "serve", "--home", home.Path, $"-DportOffset={FreePorts.Offset()}");
        Assert.Equal((2, ""), (code, output));
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(WrongPassword, line, StringComparison.Ordinal);
        Assert.DoesNotContain(DatabaseServer.Asked()!.Password, line, StringComparison.Ordinal);
        return line;
    }

    private static string Change(string toml, string key, string value) => string.Join('\n', toml.Split('\n').Select(line =>
        !line.StartsWith(key + " = ", StringComparison.Ordinal) ? line : line.Contains('"') ? $"{key} = \"{value}\"" : $"{key} = {value}"));

    private static TestDatabase Create()
    {
        var server = DatabaseServer.Asked();
        Assert.SkipWhen(server is null, "The embedded database has no server that could refuse.");
        return TestDatabase.Create(server!, server!.Product == DatabaseServer.MariaDb ? "CHARACTER SET utf8mb4" : "");
    }
}
