using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Bad configuration ends the start with one line that says what to change, and exit code 2.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("[server\nhostname = 1", "line 5", "column 8")]
    [InlineData("[server]\nhostnam = \"x\"", "server.hostnam", "server.hostname")]
    [InlineData("[sign_in]\nallowed_failures = \"many\"", "sign_in.allowed_failures", "whole number")]
    [InlineData("[server]\nserver_role = \"everything\"", "everything", "control-plane")]
    [InlineData("[server]\nhostname = \"$env{TOLLGATE_NO_SUCH_VARIABLE}\"", "TOLLGATE_NO_SUCH_VARIABLE", "server.hostname")]
    [InlineData("[database.apim_db]\ntype = \"oracle\"", "database.apim_db.type", "mariadb")]
    [InlineData("[database.apim_db]\ntype = \"mysql\"", "database.apim_db.name", "missing")]
    [InlineData("[database.shared_db]\ntype = \"postgre\"\nname = \"x\"", "database.shared_db.username", "missing")]
    [InlineData("[database.apim_db]\ntype = \"mysql\"\nurl = \"jdbc:postgresql://h/n\"", "database.apim_db.url", "jdbc:mysql:")]
    [InlineData("[database.apim_db]\ntype = \"postgre\"\nport = 1\nname = \"x\"\nusername = \"x\"", "database.apim_db.port", "No PostgreSQL")]
    [InlineData("[database.apim_db]\ntype = \"mysql\"\nport = 1\nname = \"x\"\nusername = \"x\"", "database.apim_db.port", "No MySQL")]
    [InlineData("[server]\nserver_role = \"api-store\"", "apim.key_manager.service_url", "missing")]
    [InlineData("[server]\nserver_role = \"gateway-manager\"", "apim.key_manager.service_url", "missing")]
    [InlineData("[server]\nserver_role = \"gateway\"\n[apim.key_manager]\nservice_url = \"http://h:1\"", "apim.key_manager.service_url", "https")]
    [InlineData("[server]\nserver_role = \"api-publisher\"\n[database.apim_db]\ntype = \"h2\"", "database.apim_db.type", "api-publisher")]
    [InlineData("[encryption]\nkey = \"short\"", "encryption.key", "64")]
    [InlineData("[keystore.tls]\nfile_name = \"missing.p12\"", "keystore.tls", "missing.p12")]
    public async Task Serve_BadConfiguration_SaysSoInOneLineAndExitsWithTwo(string toml, string first, string second)
    {
        using var home = new TestHome(toml);
        var (code, output, errors) = await RunAsync("serve", "--home", home.Path, $"-DportOffset={FreePorts.Offset()}");
        Assert.Equal(2, code);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(first, line, StringComparison.Ordinal);
        Assert.Contains(second, line, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Serve_PortTaken_NamesThePortsAndExitsWithTwo()
    {
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        using var other = new TestHome();
        var (code, _, errors) = await RunAsync("serve", "--home", other.Path, $"-DportOffset={node.Offset}");
        Assert.Equal(2, code);
        Assert.Contains("in use", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Serve_FirstStartFailsAfterTheAdministratorWasMade_StillShowsThePassword()
    {
        using var home = new TestHome();
        await using var node = await TestNode.StartAsync(home);
        using var other = new TestHome();
        File.Delete(Path.Combine(other.Path, "repository", "conf", "deployment.toml"));
        var (code, output, errors) = await RunAsync("serve", "--home", other.Path, $"-DportOffset={node.Offset}");
        Assert.Equal(2, code);
        Assert.Contains("in use", errors, StringComparison.Ordinal);
        Assert.Contains("First start: user 'admin', password '", output, StringComparison.Ordinal);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task Serve_DatabaseOfAnotherMasterKey_IsRefused()
    {
        using var home = new TestHome();
        await using (var node = await TestNode.StartAsync(home))
        {
            await node.StopAsync();
        }

        File.Delete(Path.Combine(home.Path, "repository", "resources", "security", "master.key"));
        var (code, _, errors) = await RunAsync("serve", "--home", home.Path, $"-DportOffset={FreePorts.Offset()}");
        Assert.Equal(2, code);
        Assert.Contains("another master key", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertsCreate_ForTwoNodes_PrintsWhatTheirFilesNeed()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-certs-").FullName;
        try
        {
            var (code, output, errors) = await RunAsync("certs", "create", "--folder", folder, "km.example.com", "gw.example.com,api.example.com");
            Assert.True(code == 0, errors);
            Assert.Contains($"file_name = \"{Path.Combine(folder, "gw.example.com.pem")}\"", output, StringComparison.Ordinal);
            Assert.Contains($"file_name = \"{Path.Combine(folder, "authority.pem")}\"", output, StringComparison.Ordinal);
            Assert.Matches("key = \"[0-9a-f]{64}\"", output);

            var again = await RunAsync("certs", "create", "--folder", folder, "km.example.com");
            Assert.Equal(2, again.Code);
            Assert.Contains("there already", again.Errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Config_FileWithSecretAndOriginalKeys_PrintsOriginsAndMasksTheSecret()
    {
        using var home = new TestHome("[apim.cache.gateway_token]\nenable = true");
        var (code, output, _) = await RunAsync("config", "--home", home.Path, "-DportOffset=7");
        Assert.Equal(0, code);
        Assert.DoesNotContain(TestHome.AdminPassword, output, StringComparison.Ordinal);
        var password = output.Split('\n').Single(line => line.StartsWith("super_admin.password", StringComparison.Ordinal));
        Assert.Contains("********", password, StringComparison.Ordinal);
        Assert.Contains("deployment.toml", password, StringComparison.Ordinal);
        var offset = output.Split('\n').Single(line => line.StartsWith("server.offset", StringComparison.Ordinal));
        Assert.Contains("-DportOffset", offset, StringComparison.Ordinal);
        Assert.Contains("apim.cache.gateway_token.enable", output, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        Programs.RunAsync(TestNode.ProgramPath, arguments);
}
