using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Options records from values: each type, and each complaint.</summary>
public sealed class OptionsBinderTests
{
    [Fact]
    public void Bind_NothingWritten_GivesTheInitialValues()
    {
        var kinds = Sample.Bind<KindsSample>("");
        var initial = new KindsSample();

        Assert.Equal(initial.Texts, kinds.Texts);
        Assert.Equal(initial.Numbers, kinds.Numbers);
        Assert.Equal(initial with { Texts = [], Numbers = [] }, kinds with { Texts = [], Numbers = [] });
    }

    [Theory]
    [InlineData("text = 'x'\ntruth = false\nsmall = -3\nlarge = 9000000000\nshare = 0.25\npercent = 99\ncolour = 'green'")]
    [InlineData("text = 'x'\ntruth = 'False'\nsmall = '-3'\nlarge = ' 9000000000 '\nshare = '0.25'\npercent = '99.0'\ncolour = ' GREEN'")]
    public void Bind_QuotedOrNot_IsTheSame(string toml)
    {
        var kinds = Sample.Bind<KindsSample>($"[kinds]\n{toml}");

        Assert.Equal(
            ("x", false, -3, 9_000_000_000L, 0.25, 99.0, Colour.Green),
            (kinds.Text, kinds.Truth, kinds.Small, kinds.Large, kinds.Share, kinds.Percent, kinds.Colour));
    }

    [Fact]
    public void Bind_Nullables_AreSetOnlyWhenWritten()
    {
        var unset = Sample.Bind<KindsSample>("");
        var set = Sample.Bind<KindsSample>("[kinds]\nmaybe_small = 5\nmaybe_time = 250\nmaybe_colour = 'Dark-Red'\nmaybe_text = ''");

        Assert.Equal((null, null, null, null), (unset.MaybeSmall, unset.MaybeTime, unset.MaybeColour, unset.MaybeText));
        Assert.Equal(
            (5, TimeSpan.FromMilliseconds(250), Colour.DarkRed, ""),
            (set.MaybeSmall, set.MaybeTime, set.MaybeColour, set.MaybeText));
    }

    [Theory]
    [InlineData("3306", "3306")]
    [InlineData("true", "true")]
    [InlineData("1.5", "1.5")]
    public void Bind_NumberWhereTextIsWanted_IsItsText(string written, string text) =>
        Assert.Equal(text, Sample.Bind<KindsSample>($"kinds.text = {written}").Text);

    [Theory]
    [InlineData("'dark-red'")]
    [InlineData("'DARK-RED'")]
    [InlineData("'darkred'")]
    public void Bind_Enum_KnowsJsonNameAndName(string written) =>
        Assert.Equal(Colour.DarkRed, Sample.Bind<KindsSample>($"kinds.colour = {written}").Colour);

    [Theory]
    [InlineData("['a', 'b,c']", "a", "b,c")]
    [InlineData("'a, b ,,c'", "a", "b", "c")]
    [InlineData("'a'", "a")]
    [InlineData("''")]
    [InlineData("[]")]
    [InlineData("[1, true]", "1", "true")]
    public void Bind_List_IsAnArrayOrTextWithCommas(string written, params string[] items) =>
        Assert.Equal(items, Sample.Bind<KindsSample>($"kinds.texts = {written}").Texts);

    [Fact]
    public void Bind_ListOfNumbers_ReadsEach() => Assert.Equal([1, 2, 3], Sample.Bind<KindsSample>("kinds.numbers = [1, '2', 3]").Numbers);

    [Fact]
    public void Bind_NoTablesWritten_GivesTheInitialOnes()
    {
        var tables = Sample.Bind<TablesSample>("");

        Assert.Equal(("First", "localhost", 5432, null), (tables.Gates.Single().Name, tables.Main.Host, tables.Main.Port, tables.Spare));
    }

    [Fact]
    public void Bind_Tables_HaveTheirOwnValuesAndDefaults()
    {
        var tables = Sample.Bind<TablesSample>("""
            [[gates.gate]]
            title = "one"
            [[gates.gate.door]]
            width = 90
            [[gates.gate.door]]
            [[gates.gate]]
            password = "x"
            [store.primary]
            port_no = 1
            [store.spare]
            host = "h"
            """);

        Assert.Equal(["one", "Default"], tables.Gates.Select(gate => gate.Name));
        Assert.Equal([90, 80], tables.Gates[0].Doors.Select(door => door.Width));
        Assert.Equal(["", "x"], tables.Gates.Select(gate => gate.Password));
        Assert.Equal((1, "localhost"), (tables.Main.Port, tables.Main.Host));
        Assert.Equal(new StoreSample { Host = "h", Url = "db://localhost" }, tables.Spare);
    }

    [Fact]
    public void Bind_EmptyListOfTables_IsEmpty() => Assert.Empty(Sample.Bind<TablesSample>("gates.gate = []").Gates);

    [Fact]
    public void Bind_InlineTables_AreTablesToo() =>
        Assert.Equal("x", Sample.Bind<TablesSample>("gates.gate = [{ name = 'x' }]").Gates.Single().Name);

    [Theory]
    [InlineData("small = 'abc'", 9, "kinds.small", "a whole number, found 'abc'")]
    [InlineData("small = ''", 9, "kinds.small", "a whole number, found ''")]
    [InlineData("small = 1.5", 9, "kinds.small", "a whole number, found '1.5'")]
    [InlineData("small = 3000000000", 9, "kinds.small", "a whole number from -2147483648 to 2147483647, found '3000000000'")]
    [InlineData("small = [1]", 9, "kinds.small", "a whole number, found a list")]
    [InlineData("large = 'a'", 9, "kinds.large", "a whole number, found 'a'")]
    [InlineData("truth = 1", 9, "kinds.truth", "true or false, found '1'")]
    [InlineData("share = 'a'", 9, "kinds.share", "a number, found 'a'")]
    [InlineData("share = nan", 9, "kinds.share", "a number, found 'NaN'")]
    [InlineData("percent = 100", 11, "kinds.percent", "a number from 0 to 99.5, found '100'")]
    [InlineData("time = '5x'", 8, "kinds.time", "a time in ms, s, m, h or d (a bare number is in s), found '5x'")]
    [InlineData("time = '99999999999d'", 8, "kinds.time", "a time in ms, s, m, h or d (a bare number is in s), found '99999999999d'")]
    [InlineData("strict_time = 5", 15, "kinds.strict_time", "a time in ms, s, m, h or d, found '5'")]
    [InlineData("colour = 'blue'", 10, "kinds.colour", "one of Green, dark-red, found 'blue'")]
    [InlineData("colour = 1", 10, "kinds.colour", "one of Green, dark-red, found '1'")]
    [InlineData("text = ['a']", 8, "kinds.text", "text, found a list")]
    [InlineData("texts = ['a', ['b']]", 15, "kinds.texts", "text, found a list")]
    [InlineData("texts = [{ a = 1 }]", 10, "kinds.texts", "text, found a table")]
    [InlineData("numbers = '1, b'", 11, "kinds.numbers", "a whole number, found 'b'")]
    [InlineData("maybe_small = 'a'", 15, "kinds.maybe_small", "a whole number, found 'a'")]
    [InlineData("text = [{ a = 1 }]", 8, "kinds.text", "text, found a list of tables")]
    public void Bind_WrongValue_IsRefusedInOneLine(string toml, int column, string key, string complaint) => Assert.Equal(
        $"deployment.toml line 2, column {column}: key '{key}' must be {complaint}",
        Sample.BindRefused<KindsSample>($"[kinds]\n{toml}"));

    [Theory]
    [InlineData("gates.gate = 'x'", "line 1, column 14: key 'gates.gate' must be a list of tables, found 'x'")]
    [InlineData("gates.gate = ['x']", "line 1, column 15: key 'gates.gate[0]' must be a table, found 'x'")]
    [InlineData(
        "[[gates.gate]]\n[[gates.gate]]\n[[gates.gate.door]]\nwidth = 'w'",
        "line 4, column 9: key 'gates.gate[1].door[0].width' must be a whole number, found 'w'")]
    [InlineData("store.spare.port = 'p'", "line 1, column 20: key 'store.spare.port' must be a whole number, found 'p'")]
    public void Bind_WrongValueInTable_IsRefusedWithItsPath(string toml, string complaint) =>
        Assert.Equal($"deployment.toml {complaint}", Sample.BindRefused<TablesSample>(toml));

    [Theory]
    [InlineData("-1")]
    [InlineData("50001")]
    public void Bind_NumberOutOfRange_IsRefused(string offset) => Assert.Equal(
        $"deployment.toml line 1, column 17: key 'server.offset' must be a whole number from 0 to 50000, found '{offset}'",
        Sample.BindRefused<ServerSample>($"server.offset = {offset}"));

    [Fact]
    public void Bind_WrongValueFromElsewhere_NamesThatPlace()
    {
        var sources = Sample.Sources("", typeof(ServerSample));
        var variable = sources with { Environment = Sample.Names(("TOLLGATE_CONF_SERVER__OFFSET", "a\nb")) };
        var argument = sources with { CommandLine = Sample.Arguments(("portOffset", "x")) };

        Assert.Equal(
            "environment variable TOLLGATE_CONF_SERVER__OFFSET: key 'server.offset' must be a whole number from 0 to 50000, "
            + "found 'a\\u000Ab'",
            Refusal<ServerSample>(variable));
        Assert.Equal(
            "command line -DportOffset: key 'server.offset' must be a whole number from 0 to 50000, found 'x'",
            Refusal<ServerSample>(argument));
    }

    [Theory]
    [InlineData("small = 'x$secret{s}'")]
    [InlineData("small = '$env{DB_PASSWORD}'")]
    public void Bind_WrongSecret_IsRefusedWithoutShowingIt(string toml)
    {
        var sources = Sample.Sources($"secrets.s = '[hidden]'\n[kinds]\n{toml}", typeof(KindsSample)) with
        {
            Environment = Sample.Names(("DB_PASSWORD", "hidden")),
        };

        Assert.Equal(
            "deployment.toml line 3, column 9: key 'kinds.small' must be a whole number, found ********",
            Refusal<KindsSample>(sources));
    }

    private static string Refusal<T>(ConfigurationSources sources) where T : new() =>
        Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Load(sources).Bind<T>()).Message;
}
