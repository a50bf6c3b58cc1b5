using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Which layer wins, and how each value remembers its own.</summary>
public sealed class LayersTests
{
    private const string Key = "server.hostname";
    private const string File = "[server]\nhostname = \"from-file\"\n";

    [Fact]
    public void Value_NowhereWritten_IsTheDefault()
    {
        var configuration = EffectiveConfiguration.Load(new ConfigurationSources { Options = [typeof(ServerSample)] });

        Assert.Equal(("localhost", "default"), (Sample.Text(configuration, Key), Sample.Origin(configuration, Key)));
        Assert.Equal(new ServerSample(), configuration.Bind<ServerSample>());
    }

    [Fact]
    public void Value_InFile_BeatsTheDefault()
    {
        var configuration = Sample.Load(File, typeof(ServerSample));

        Assert.Equal("from-file", configuration.Bind<ServerSample>().HostName);
        Assert.Equal($"{Sample.Path}:2:12", Sample.Origin(configuration, Key));
    }

    [Fact]
    public void Value_InVariable_BeatsTheFile()
    {
        var sources = Sample.Sources(File, typeof(ServerSample)) with
        {
            Environment = Sample.Names(("TOLLGATE_CONF_SERVER__HOSTNAME", "from-variable")),
        };
        var configuration = EffectiveConfiguration.Load(sources);

        Assert.Equal("from-variable", configuration.Bind<ServerSample>().HostName);
        Assert.Equal("environment variable TOLLGATE_CONF_SERVER__HOSTNAME", Sample.Origin(configuration, Key));
    }

    [Fact]
    public void Value_OnCommandLine_BeatsTheVariable()
    {
        var sources = Sample.Sources(File, typeof(ServerSample)) with
        {
            Environment = Sample.Names(("TOLLGATE_CONF_SERVER__HOSTNAME", "from-variable")),
            CommandLine = Sample.Arguments((Key, "first"), (Key, "last")),
        };
        var configuration = EffectiveConfiguration.Load(sources);

        Assert.Equal("last", configuration.Bind<ServerSample>().HostName);
        Assert.Equal("command line -Dserver.hostname", Sample.Origin(configuration, Key));
    }

    [Theory]
    [InlineData("tollgate_conf_server__offset")]
    [InlineData("Tollgate_Conf_Server__Offset")]
    public void Variable_InAnyCase_IsTheKey(string name)
    {
        var sources = Sample.Sources("", typeof(ServerSample)) with { Environment = Sample.Names((name, "7")) };

        Assert.Equal(7, EffectiveConfiguration.Load(sources).Bind<ServerSample>().Offset);
    }

    [Fact]
    public void Variable_OfKeyWithCapitals_GetsTheirSpelling()
    {
        var sources = Sample.Sources("[database.apim_db.pool_options]\nmaxActive = 1\n") with
        {
            Environment = Sample.Names(("TOLLGATE_CONF_DATABASE__APIM_DB__POOL_OPTIONS__MAXACTIVE", "2")),
        };
        var unused = Assert.Single(EffectiveConfiguration.Load(sources).Unused);

        Assert.Equal(("database.apim_db.pool_options.maxActive", "2"), (unused.Key, unused.Value.ToString()));
    }

    [Fact]
    public void Variables_OfOneKey_AreRefused()
    {
        var sources = Sample.Sources("", typeof(ServerSample)) with
        {
            Environment = Sample.Names(("TOLLGATE_CONF_SERVER__OFFSET", "1"), ("TOLLGATE_CONF_server__offset", "2")),
        };

        Assert.Equal(
            "environment variable TOLLGATE_CONF_server__offset: key 'server.offset' is also set by "
            + "environment variable TOLLGATE_CONF_SERVER__OFFSET",
            Sample.Refused(sources));
    }

    [Fact]
    public void Argument_WithShortName_IsTheKey()
    {
        var sources = Sample.Sources("", typeof(ServerSample)) with
        {
            CommandLine = Sample.Arguments(("portOffset", "2"), ("profile", "gateway-worker")),
        };
        var configuration = EffectiveConfiguration.Load(sources);
        var server = configuration.Bind<ServerSample>();

        Assert.Equal((2, "gateway-worker"), (server.Offset, server.Role));
        Assert.Equal("command line -DportOffset", Sample.Origin(configuration, "server.offset"));
    }

    [Fact]
    public void Arguments_ShortAndLongOfOneKey_AreRefused()
    {
        var sources = Sample.Sources("", typeof(ServerSample)) with
        {
            CommandLine = Sample.Arguments(("portOffset", "2"), ("server.offset", "3")),
        };

        Assert.Equal(
            "command line -Dserver.offset: key 'server.offset' is also set by command line -DportOffset",
            Sample.Refused(sources));
    }

    [Fact]
    public void Argument_ThatIsNoKey_IsKeptForPlaceholders()
    {
        var sources = Sample.Sources("[server]\nhostname = \"${java.io.tmpdir}\"\n", typeof(ServerSample)) with
        {
            CommandLine = Sample.Arguments(("java.io.tmpdir", "/tmp"), ("setup", "")),
        };
        var configuration = EffectiveConfiguration.Load(sources);

        Assert.Equal("/tmp", configuration.Bind<ServerSample>().HostName);
        Assert.Empty(configuration.Unused);
    }

    [Fact]
    public void Argument_UnderAKnownSection_MustBeAKey()
    {
        var sources = Sample.Sources("", typeof(ServerSample)) with { CommandLine = Sample.Arguments(("server.ofset", "1")) };

        Assert.Equal("command line -Dserver.ofset: unknown key 'server.ofset'; did you mean 'server.offset'?", Sample.Refused(sources));
    }

    [Fact]
    public void Bind_OfOptionsNotGiven_IsAMistakeOfTheProgram() =>
        Assert.Throws<InvalidOperationException>(() => Sample.Load("", typeof(ServerSample)).Bind<KindsSample>());
}
