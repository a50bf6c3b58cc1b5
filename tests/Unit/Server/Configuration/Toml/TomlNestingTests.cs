using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Arrays, inline tables and keys, and how deep they may nest.</summary>
public sealed class TomlNestingTests
{
    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[1, 'two', 3.0]", 3)]
    [InlineData("[\n]", 0)]
    [InlineData("[ # first\r\n  1, # second\n\n  2 # third\n  , # fourth\n]", 2)]
    [InlineData("[[1], [2, 3],]", 2)]
    public void Array_Valid_HasItsItems(string notation, int count) =>
        Assert.Equal(count, TomlSample.Value<TomlArray>(notation).Items.Count);

    [Theory]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[,]")]
    [InlineData("[1,,]")]
    [InlineData("[1 2]")]
    [InlineData("[1]]")]
    [InlineData("[1 # ]")]
    [InlineData("[1\r]")]
    [InlineData("[key = 1]")]
    public void Array_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Fact]
    public void InlineTable_Valid_HasItsEntriesInOrder()
    {
        var table = TomlSample.Value<TomlTable>("{ z = 1, a.b = 'x', a.c = [\n{},\n], 'm' = \"\"\"\n\"\"\" }");

        Assert.Equal(["z", "a", "m"], table.Entries.Select(entry => entry.Key));
        Assert.Equal("x", TomlSample.At<TomlString>(table, "a", "b").Value);
        Assert.Empty(TomlSample.At<TomlTable>(table, "a", "c", "0").Entries);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{a = 1")]
    [InlineData("{,}")]
    [InlineData("{a}")]
    [InlineData("{a = }")]
    [InlineData("{a = 1,, b = 2}")]
    [InlineData("{a = 1 b = 2}")]
    [InlineData("{a = 1}}")]
    public void InlineTable_Malformed_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Theory]
    [InlineData("{a = 1,}")]
    [InlineData("{\na = 1}")]
    [InlineData("{a = 1\n}")]
    [InlineData("{a = 1,\nb = 2}")]
    [InlineData("{ # comment\n}")]
    public void InlineTable_AsInLaterVersion_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Fact]
    public void Keys_OfEveryForm_AreRead()
    {
        var root = TomlReader.Read("""
            bare_Key-1 = 1
            1234 = 2
            'lit.eral' = 3
            "b\u0061sic" = 4
            "" = 5
             a . 'b' . "c" = 6
            3.14 = 7
            """);

        Assert.Equal(["bare_Key-1", "1234", "lit.eral", "basic", "", "a", "3"], root.Entries.Select(entry => entry.Key));
        Assert.Equal(6, TomlSample.At<TomlInteger>(root, "a", "b", "c").Value);
        Assert.Equal(7, TomlSample.At<TomlInteger>(root, "3", "14").Value);
    }

    [Theory]
    [InlineData("= 1")]
    [InlineData("a. = 1")]
    [InlineData(".a = 1")]
    [InlineData("a..b = 1")]
    [InlineData("a b = 1")]
    [InlineData("a")]
    [InlineData("a =")]
    [InlineData("a = \n1")]
    [InlineData("a == 1")]
    [InlineData("a\n= 1")]
    [InlineData("a = 1 b = 2")]
    [InlineData("é = 1")]
    [InlineData("\"\"\"a\"\"\" = 1")]
    [InlineData("'''a''' = 1")]
    [InlineData("\"a\nb\" = 1")]
    [InlineData("\"a\"b = 1")]
    [InlineData("[]")]
    [InlineData("[a")]
    [InlineData("[a\n]")]
    [InlineData("[a.]")]
    [InlineData("[a b]")]
    [InlineData("[[a]")]
    [InlineData("[[a] ]")]
    [InlineData("[ [a]]")]
    [InlineData("[a]]")]
    [InlineData("[a] b = 1")]
    public void Key_Malformed_IsRefused(string text) => TomlSample.Refused(text);

    [Fact]
    public void Nesting_AtTheLimit_IsRead()
    {
        var levels = TomlValueReader.MaxDepth - 1;

        TomlSample.Value<TomlArray>(Repeat("[", levels) + Repeat("]", levels));
        TomlSample.Value<TomlTable>(Repeat("{a=", levels) + "1" + Repeat("}", levels));
        TomlReader.Read($"[{Repeat("a.", levels)}a]");
    }

    [Theory]
    [InlineData("key = ", "[", "]", 1)]
    [InlineData("key = ", "{a=", "}", 1)]
    [InlineData("key = ", "[{a=", "}]", 2)]
    [InlineData("[k]\n", "a.", "a = 1", 1)]
    [InlineData("[", "a.", "a]", 1)]
    [InlineData("[[", "a.", "a]]", 1)]
    public void Nesting_BeyondTheLimit_IsRefused(string start, string opening, string ending, int levelsOfOne)
    {
        var text = start + Repeat(opening, TomlValueReader.MaxDepth / levelsOfOne) + ending;

        Assert.Contains("levels deep", TomlSample.Refused(text).Reason);
    }

    [Theory]
    [InlineData("key = ", "[")]
    [InlineData("key = ", "{a=")]
    [InlineData("", "a.")]
    [InlineData("", "[")]
    public void Nesting_Hostile_IsRefusedWithoutExhaustingTheStack(string start, string opening) =>
        TomlSample.Refused(start + Repeat(opening, 1_000_000));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
