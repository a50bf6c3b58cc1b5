using Tollgate.Model.Settings;
using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>What options records declare together.</summary>
public sealed class DeclaredTableTests
{
    [Theory]
    [InlineData("[server]\nhost_name = 'x'")]
    [InlineData("[server]\nmgt_hostname = 'x'")]
    public void Alias_InFile_IsTheKey(string toml)
    {
        var configuration = Sample.Load(toml, typeof(ServerSample));

        Assert.Equal("x", configuration.Bind<ServerSample>().HostName);
        Assert.Equal("x", Sample.Text(configuration, "server.hostname"));
    }

    [Fact]
    public void Alias_InVariable_BeatsTheKeyInTheFile()
    {
        var sources = Sample.Sources("server.hostname = 'x'", typeof(ServerSample)) with
        {
            Environment = Sample.Names(("TOLLGATE_CONF_SERVER__HOST_NAME", "y")),
        };

        Assert.Equal("y", EffectiveConfiguration.Load(sources).Bind<ServerSample>().HostName);
    }

    [Theory]
    [InlineData(
        "server.hostname = 'x'\nserver.host_name = 'y'",
        "line 2, column 20: 'server.host_name' and 'server.hostname' (deployment.toml line 1, column 19) are two names of one setting; "
        + "keep 'server.hostname'")]
    [InlineData(
        "server.mgt_hostname = 'x'\nserver.host_name = 'y'",
        "line 2, column 20: 'server.host_name' and 'server.mgt_hostname' (deployment.toml line 1, column 23) are two names of one setting; "
        + "keep 'server.hostname'")]
    [InlineData(
        "[[gates.gate]]\nname = 'x'\ntitle = 'y'",
        "line 3, column 9: 'title' and 'name' (deployment.toml line 2, column 8) are two names of one setting; keep 'name'")]
    public void Alias_BesideTheKey_IsRefusedNamingBoth(string toml, string complaint) =>
        Assert.Equal($"deployment.toml {complaint}", Sample.Refused(toml, typeof(ServerSample), typeof(TablesSample)));

    [Fact]
    public void Names_OfNestedTables_AreAllCombinations() => Assert.Equal(
        ["store.main.port", "store.main.port_no", "store.primary.port", "store.primary.port_no"],
        Declared(typeof(TablesSample)).AllNames().Where(name => name.Contains("port") && !name.Contains("spare")));

    [Fact]
    public void Key_DeclaredTwiceTheSame_IsSharedByBoth()
    {
        var configuration = Sample.Load("server.hostname = 'x'", typeof(ServerSample), typeof(SameKeySample));

        Assert.Equal(("x", "x"), (configuration.Bind<ServerSample>().HostName, configuration.Bind<SameKeySample>().HostName));
    }

    [Theory]
    [InlineData(typeof(OtherDefaultSample))]
    [InlineData(typeof(OtherTypeSample))]
    [InlineData(typeof(KeyIsAliasSample))]
    [InlineData(typeof(SharedAliasSample))]
    public void Name_DeclaredTwiceDifferently_IsAMistakeOfTheProgram(Type other) =>
        Assert.Throws<InvalidOperationException>(() => Declared(typeof(ServerSample), other));

    private static DeclaredTable Declared(params Type[] options) => DeclaredTable.Of(options);

    private sealed record SameKeySample
    {
        [Setting("server.hostname", "Elsewhere.", Aliases = ["server.host_name", "server.mgt_hostname"])]
        public string HostName { get; init; } = "localhost";
    }

    private sealed record OtherDefaultSample
    {
        [Setting("server.hostname", "Elsewhere.", Aliases = ["server.host_name", "server.mgt_hostname"])]
        public string HostName { get; init; } = "otherhost";
    }

    private sealed record KeyIsAliasSample
    {
        [Setting("server.host_name", "Alias elsewhere.")]
        public string HostName { get; init; } = "localhost";
    }

    private sealed record SharedAliasSample
    {
        [Setting("server.other", "Alias of another key elsewhere.", Aliases = ["server.host_name"])]
        public string Other { get; init; } = "";
    }

    private sealed record OtherTypeSample
    {
        [Setting("server.offset", "Elsewhere.")]
        public long Offset { get; init; }
    }
}
