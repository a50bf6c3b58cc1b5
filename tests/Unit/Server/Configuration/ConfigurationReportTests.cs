using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>What "tollgate config" prints.</summary>
public sealed class ConfigurationReportTests
{
    [Fact]
    public void Report_OfEveryLayer_ShowsValuesWithTheirOrigins()
    {
        var sources = Sample.Sources(
            """
            [[gates.gate]]
            name = "one"
            password = "hidden"
            [[gates.gate]]
            address = "amqp://user:hidden@host:5672"
            [server]
            mode = "ha"
            server_role = "traffic-manager"
            [apim.throttling]
            username = "$ref{super_admin.username}"
            password = "hidden"
            [secrets]
            db = "[hidden]"
            """,
            typeof(ServerSample),
            typeof(TablesSample)) with
        {
            Environment = Sample.Names(
                ("TOLLGATE_CONF_SERVER__HOSTNAME", "a\nb"),
                ("TOLLGATE_CONF_STORE__MAIN__URL", "x?password=hidden&y=1")),
            CommandLine = Sample.Arguments(("portOffset", "2")),
            Properties = Sample.Names(("gate.port", "1")),
        };

        Assert.Equal(
            [
                "gates.gate[0].address = https://localhost:1  # default",
                "gates.gate[0].door = []  # default",
                $"gates.gate[0].name = one  # {Sample.Path}:2:8",
                $"gates.gate[0].password = ********  # {Sample.Path}:3:12",
                $"gates.gate[1].address = amqp://user:********@host:5672  # {Sample.Path}:5:11",
                "gates.gate[1].door = []  # default",
                "gates.gate[1].name = Default  # default",
                "gates.gate[1].password = \"\"  # default",
                $"secrets.db = ********  # {Sample.Path}:13:6",
                "server.hostname = a\\u000Ab  # environment variable TOLLGATE_CONF_SERVER__HOSTNAME",
                "server.offset = 2  # command line -DportOffset",
                $"server.server_role = traffic-manager  # {Sample.Path}:8:15",
                "store.main.host = localhost  # default",
                "store.main.port = 5432  # default",
                "store.main.url = x?password=********&y=1  # environment variable TOLLGATE_CONF_STORE__MAIN__URL",
                "super_admin.password = \"\"  # default",
                "super_admin.username = admin  # default",
                "",
                "# Accepted, but not used:",
                $"apim.throttling.password = ********  # {Sample.Path}:11:12: {OriginalKeys.Shipped.NoteFor("apim.throttling.password")}",
                $"apim.throttling.username = $ref{{super_admin.username}}  # {Sample.Path}:10:12: "
                + OriginalKeys.Shipped.NoteFor("apim.throttling.username"),
                $"server.mode = ha  # {Sample.Path}:7:8: {OriginalKeys.Shipped.NoteFor("server.mode")}",
            ],
            ConfigurationReport.Of(EffectiveConfiguration.Load(sources)).Lines());
    }

    [Fact]
    public void Report_OfEachType_IsReadable() => Assert.Equal(
        [
            "kinds.colour = dark-red  # default",
            "kinds.large = 2  # default",
            "kinds.numbers = []  # default",
            "kinds.percent = 0  # default",
            "kinds.share = 0.5  # default",
            "kinds.small = 1  # default",
            "kinds.strict_time = 0s  # default",
            "kinds.text = initial  # default",
            "kinds.texts = [a, b|c]  # default",
            "kinds.time = 15m  # default",
            "kinds.truth = true  # default",
        ],
        ConfigurationReport.Of(Sample.Load("", typeof(KindsSample))).Lines());

    [Theory]
    [InlineData("kinds.texts = ['$secret{s}', 'b']")]
    [InlineData("kinds.texts = '$secret{s},b'")]
    [InlineData("kinds.text = 'x-$secret{s}'")]
    [InlineData("super_admin.password = 'hidden'")]
    [InlineData("kinds.text = '$ref{super_admin.password}'\nsuper_admin.password = 'hidden'")]
    [InlineData("[[gates.gate]]\npassword = 'hidden'\nname = '${hidden.token}'")]
    [InlineData("[keystore.internal]\nkey_password = 'hidden'")]
    [InlineData("[apim.ai]\nkey = 'hidden'")]
    [InlineData("[encryption]\nkey = 'hidden'")]
    [InlineData("[apim.workflow]\nwf_engine_pass = 'hidden'")]
    [InlineData("[apim.analytics]\nauth_token = 'hidden'")]
    [InlineData("[[event_listener]]\nproperties.password = 'hidden'")]
    [InlineData("[database.apim_db]\nurl = 'jdbc:mysql://db/x?user=u&password=hidden'")]
    [InlineData("[apim.throttling]\nthrottle_decision_endpoints = ['amqp://u:hid@d/en@host', 'amqp://u:hidden@other']")]
    public void Report_OfSecrets_NeverShowsThem(string toml)
    {
        Type[] options = [typeof(ServerSample), typeof(KindsSample), typeof(TablesSample)];
        var sources = Sample.Sources($"secrets.s = '[hidden]'\n{toml}", options) with
        {
            CommandLine = Sample.Arguments(("hidden.token", "hidden")),
        };
        var configuration = EffectiveConfiguration.Load(sources);
        var report = string.Join('\n', ConfigurationReport.Of(configuration).Lines());

        Assert.Contains("********", report);
        Assert.DoesNotContain("hidden", report.Replace("hidden.token", ""));
        Assert.DoesNotContain("d/en", report);
        Assert.DoesNotContain("hidden", configuration.Values.ToString());
    }

    [Fact]
    public void Report_OfASwitchNamedLikeASecret_ShowsIt() => Assert.Contains(
        "oauth.token_renewal.renew_refresh_token = true",
        ConfigurationReport.Of(Sample.Load("[oauth.token_renewal]\nrenew_refresh_token = true")).Unused[0].ToString());
}
