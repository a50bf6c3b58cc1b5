using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>What stands between $ and }.</summary>
public sealed class PlaceholdersTests
{
    private static readonly (string Name, string Value)[] Properties =
    [
        ("carbon.home", "/opt/tollgate"),
        ("admin.username", "$ref{super_admin.username}"),
        ("admin.password", "$ref{super_admin.password}"),
        ("loop", "${loop}"),
    ];

    [Theory]
    [InlineData("$ref{super_admin.username}", "admin")]
    [InlineData("https://$ref{ kinds.maybe_text }:1/$ref{super_admin.username}/x", "https://host:1/admin/x")]
    [InlineData("$ref{server.host_name}", "node")]
    [InlineData("a$env{SAMPLE}b", "a$ref{left.alone}b")]
    [InlineData("$secret{plain}", "p$ref{x}[w]")]
    [InlineData("${carbon.home}/x", "/opt/tollgate/x")]
    [InlineData("${admin.username}", "admin")]
    [InlineData("https://h:${https.nio.port}", "https://h:8246")]
    [InlineData("${transport.port}", "5")]
    [InlineData("${nobody.knows}", "${nobody.knows}")]
    [InlineData("${given}", "by-argument")]
    [InlineData("$ $5 $[HOST] $ref ${ {} \\$ $ref[x]", "$ $5 $[HOST] $ref ${ {} \\$ $ref[x]")]
    [InlineData("$refx{a}", "$refx{a}")]
    public void Placeholder_InText_IsReplaced(string written, string expected) =>
        Assert.Equal(expected, Load(written).Bind<KindsSample>().Text);

    [Fact]
    public void Ref_ToKeyWithRef_IsFollowed()
    {
        var kinds = Sample.Bind<KindsSample>("""
            [kinds]
            text = "$ref{kinds.maybe_text}!"
            maybe_text = "<$ref{kinds.large}>"
            large = "$ref{kinds.small}"
            small = 42
            """);

        Assert.Equal(("<42>!", 42L), (kinds.Text, kinds.Large));
    }

    [Fact]
    public void Ref_ToListAsWholeText_IsTheList()
    {
        var kinds = Sample.Bind<KindsSample>("""
            [kinds]
            texts = "$ref{apim.throttling.throttle_decision_endpoints}"
            [apim.throttling]
            throttle_decision_endpoints = ["x", "$ref{kinds.text}"]
            """);

        Assert.Equal(["x", "initial"], kinds.Texts);
    }

    [Fact]
    public void Ref_InListAndTableOfList_IsReplaced()
    {
        const string Toml = "kinds.texts = ['$ref{kinds.text}']\n[[gates.gate]]\nname = '$ref{kinds.text}'";
        var configuration = Sample.Load(Toml, typeof(KindsSample), typeof(TablesSample));

        Assert.Equal(["initial"], configuration.Bind<KindsSample>().Texts);
        Assert.Equal("initial", configuration.Bind<TablesSample>().Gates[0].Name);
    }

    [Fact]
    public void Placeholder_InDefault_IsReplaced()
    {
        var sources = Sample.Sources("store.main.host = 'h'\n[[gates.gate]]\n", typeof(TablesSample)) with
        {
            Properties = Sample.Names(("gate.port", "1")),
        };
        var tables = EffectiveConfiguration.Load(sources).Bind<TablesSample>();

        Assert.Equal(("https://h:1", "db://h"), (tables.Gates[0].Address, tables.Main.Url));
    }

    [Fact]
    public void Ref_InUnusedKey_IsLeftAsWritten()
    {
        var unused = Assert.Single(Sample.Load("[keystore.internal]\nfile_name = \"$env{NOT_SET}$ref{no.key}\"").Unused);

        Assert.Equal("$env{NOT_SET}$ref{no.key}", unused.Value.ToString());
    }

    [Theory]
    [InlineData("$ref{no.such}", "key 'kinds.text' has $ref{no.such}, but 'no.such' is not set")]
    [InlineData("$ref{kinds.maybe_small}", "key 'kinds.text' has $ref{kinds.maybe_small}, but 'kinds.maybe_small' is not set")]
    [InlineData("a$ref{kinds.texts}", "key 'kinds.text' has $ref{kinds.texts} inside a longer text, but 'kinds.texts' is a list")]
    [InlineData("$env{NOT_SET}", "key 'kinds.text' has $env{NOT_SET}, but there is no such environment variable")]
    [InlineData("$secret{none}", "key 'kinds.text' has $secret{none}, but [secrets] has no such alias")]
    [InlineData("$ref{kinds.text}", "key 'kinds.text' refers to itself: kinds.text -> kinds.text")]
    [InlineData("${loop}", "key '${loop}' refers to itself: ${loop} -> ${loop}")]
    [InlineData("$env{SAMPLE", "key 'kinds.text' has a $env{ without its closing }")]
    [InlineData("$ref{a$ref{b}}", "key 'kinds.text' has a $ref{ without its closing }")]
    public void Placeholder_WithoutAnswer_IsRefused(string written, string complaint) =>
        Assert.Equal($"deployment.toml line 1, column 14: {complaint}", Assert.Throws<ConfigurationException>(() => Load(written)).Message);

    [Fact]
    public void Refs_InACycle_AreRefusedNamingIt() => Assert.Equal(
        "deployment.toml line 1, column 20: key 'kinds.maybe_text' refers to itself: kinds.maybe_text -> kinds.text -> kinds.maybe_text",
        Sample.Refused("kinds.maybe_text = '$ref{kinds.text}'\nkinds.text = 'x$ref{kinds.maybe_text}'", typeof(KindsSample)));

    [Theory]
    [InlineData("\"DNIo7X==\"")]
    [InlineData("[\"list\"]")]
    public void Secret_ThatIsEncrypted_IsRefusedWithAWayOut(string value)
    {
        var message = Sample.Refused($"kinds.text = \"$secret{{db}}\"\n[secrets]\ndb = {value}\n", typeof(KindsSample));

        Assert.Equal(
            "deployment.toml line 3, column 6: secret 'db' is not written as \"[value]\"; encrypted values are not supported yet by this "
            + "version: write the value in brackets, or use $env{NAME} in place of $secret{db}",
            message);
    }

    [Fact]
    public void Secret_FromVariableOrArgument_IsReplaced()
    {
        var sources = Sample.Sources("kinds.text = \"$secret{db}\"", typeof(KindsSample));
        var variable = sources with { Environment = Sample.Names(("TOLLGATE_CONF_SECRETS__DB", "[s3cret]")) };
        var argument = sources with { CommandLine = Sample.Arguments(("secrets.db", "[s3cret]")) };

        Assert.Equal("s3cret", EffectiveConfiguration.Load(variable).Bind<KindsSample>().Text);
        Assert.Equal("s3cret", EffectiveConfiguration.Load(argument).Bind<KindsSample>().Text);
    }

    [Theory]
    [InlineData("a $secret{plain}")]
    [InlineData("$ref{super_admin.password}")]
    [InlineData("<$ref{super_admin.password}>")]
    [InlineData("${admin.password}")]
    [InlineData("$env{DB_PASSWORD}")]
    public void Value_MadeOfASecret_IsASecret(string written) =>
        Assert.Equal("********", Load(written).Values.Entries["kinds.text"].ToString());

    [Fact]
    public void Port_WithOffsetThatIsNoNumber_IsRefused() => Assert.Equal(
        "deployment.toml line 1, column 17: key 'server.offset' must be a whole number, found 'many'",
        Sample.Refused(Sample.Sources("server.offset = 'many'\nserver.hostname = '${p}'", typeof(ServerSample)) with
        {
            Ports = Sample.Names(("p", "1")),
        }));

    private static EffectiveConfiguration Load(string written) => EffectiveConfiguration.Load(
        Sample.Sources(
            $$"""
            kinds.text = '{{written}}'
            kinds.maybe_text = "host"
            server = { offset = "3", host_name = "node" }
            super_admin.password = "hidden"
            secrets.plain = "[p$ref{x}[w]]"
            """,
            typeof(KindsSample),
            typeof(ServerSample)) with
        {
            Environment = Sample.Names(("SAMPLE", "$ref{left.alone}"), ("DB_PASSWORD", "x")),
            CommandLine = Sample.Arguments(("given", "by-property"), ("given", "by-argument")),
            Properties = Sample.Names([.. Properties, ("given", "by-table")]),
            Ports = Sample.Names(("https.nio.port", "8243"), ("transport.port", "$ref{kinds.large}"), ("given", "1")),
        });
}
