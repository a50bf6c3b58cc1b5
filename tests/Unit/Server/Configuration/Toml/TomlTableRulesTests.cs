using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Who may define or extend a table: headers, dotted keys, inline tables and arrays of tables.</summary>
public sealed class TomlTableRulesTests
{
    [Theory]
    [InlineData("a = 1\na = 2")]
    [InlineData("a = 1\n\"a\" = 2")]
    [InlineData("a = 1\n'\\u0061' = 2\n\"\\u0061\" = 3")]
    [InlineData("[t]\na = 1\nb = 2\na = 3")]
    [InlineData("t = { a = 1, a = 2 }")]
    [InlineData("a.b = 1\na.b = 2")]
    [InlineData("a.b = 1\na = 2")]
    public void Key_GivenTwice_IsRefused(string text) => Assert.Contains("already defined", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("[a]\n[a]")]
    [InlineData("[a]\n['a']")]
    [InlineData("[a.b]\n[a]\n[a]")]
    [InlineData("[a.b]\n[a]\n[a.b]")]
    [InlineData("a = 1\n[a]")]
    [InlineData("[a]\nb = 1\n[a.b]")]
    [InlineData("[a.b]\n[a]\nb = 1")]
    public void Header_OfWhatIsDefined_IsRefused(string text) => Assert.Contains("already defined", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("[fruit]\napple.color = 1\n[fruit.apple]")]
    [InlineData("[fruit]\napple.taste.sweet = true\n[fruit.apple.taste]")]
    [InlineData("a.b = 1\n[a]")]
    [InlineData("a.b = 1\n[[a]]")]
    public void Header_OfTableMadeByDottedKeys_IsRefused(string text) =>
        Assert.Contains("already defined", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("a = 1\n[a.b]")]
    [InlineData("a = [1]\n[a.b]")]
    [InlineData("a = [{}]\n[a.b]")]
    [InlineData("a = []\n[[a.b]]")]
    public void Header_BelowWhatIsNoTable_IsRefused(string text) =>
        Assert.Contains("nothing can be added", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("a = 1\na.b = 2")]
    [InlineData("a = 'x'\na.b.c = 2")]
    [InlineData("a = [1]\na.b = 2")]
    [InlineData("t = { a = 1, a.b = 2 }")]
    public void DottedKey_BelowWhatIsNoTable_IsRefused(string text) =>
        Assert.Contains("nothing can be added", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("[a.b.c]\nz = 9\n[a]\nb.c.t = 1")]
    [InlineData("[a.b.c.d]\nz = 9\n[a]\nb.c.d.k.t = 1")]
    [InlineData("[a.b]\n[a]\nb.c = 1")]
    [InlineData("[[a.b]]\n[a]\nb.y = 2")]
    public void DottedKey_IntoTableOfHeader_IsRefused(string text) =>
        Assert.Contains("nothing can be added", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("a = {}\na.b = 1")]
    [InlineData("a = {}\n[a.b]")]
    [InlineData("a = {}\n[[a.b]]")]
    [InlineData("a = { b = {} }\n[a.b.c]")]
    [InlineData("a = { b.c = 1 }\n[a.b]")]
    [InlineData("a = { b = { c = 1 }, b.d = 2 }")]
    [InlineData("a = { b = [] }\n[[a.b]]")]
    [InlineData("[p]\nt = { n = 1 }\nt.e = false")]
    public void InlineTable_AddedTo_IsRefused(string text) => Assert.Contains("nothing can be added", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("a = {}\n[a]")]
    [InlineData("a = {}\n[[a]]")]
    [InlineData("a.b = 1\na = {}")]
    [InlineData("[a.b]\n[a]\nb = {}")]
    public void InlineTable_BesideOtherDefinition_IsRefused(string text) =>
        Assert.Contains("already defined", TomlSample.Refused(text).Reason);

    [Theory]
    [InlineData("a = []\n[[a]]")]
    [InlineData("a = [{}]\n[[a]]")]
    [InlineData("[a]\n[[a]]")]
    [InlineData("[a.b]\n[[a]]")]
    [InlineData("[[a]]\n[a]")]
    [InlineData("[[a]]\n[a.b]\n[[a.b]]")]
    [InlineData("[[a]]\n[[a.b]]\n[a.b]")]
    public void ArrayOfTables_BesideOtherDefinition_IsRefused(string text) =>
        Assert.Contains("already defined", TomlSample.Refused(text).Reason);

    [Fact]
    public void Header_AfterHeaderBelowIt_DefinesTheImpliedTable()
    {
        var root = TomlReader.Read("[x.y.z]\na = 1\n[x]\nb = 2\n");

        var table = TomlSample.At<TomlTable>(root, "x");
        Assert.Equal(TomlTableOrigin.Header, table.Origin);
        Assert.Equal(3, table.Line);
        Assert.Equal(["y", "b"], table.Entries.Select(entry => entry.Key));
        Assert.Equal(TomlTableOrigin.Implied, TomlSample.At<TomlTable>(root, "x", "y").Origin);
    }

    [Fact]
    public void Header_BelowTableMadeByDottedKeys_AddsATable()
    {
        var root = TomlReader.Read("[fruit]\napple.color = 'red'\n[fruit.apple.texture]\nsmooth = true\n");

        Assert.True(TomlSample.At<TomlBoolean>(root, "fruit", "apple", "texture", "smooth").Value);
        Assert.Equal(TomlTableOrigin.DottedKey, TomlSample.At<TomlTable>(root, "fruit", "apple").Origin);
    }

    [Fact]
    public void DottedKey_IntoTableOnlyImplied_DefinesIt()
    {
        const string Text = "[a.b.c]\n[a]\nb.x = 1\nb.y = 2\n";

        Assert.Equal(2, TomlSample.At<TomlInteger>(TomlReader.Read(Text), "a", "b", "y").Value);
        Assert.Contains("already defined", TomlSample.Refused(Text + "[a.b]\n").Reason);
    }

    [Fact]
    public void ArrayOfTables_WithHeadersBelow_AddsToItsLastTable()
    {
        var root = TomlReader.Read("""
            [[fruits]]
            name = "apple"
            [fruits.physical]
            color = "red"
            [[fruits.varieties]]
            name = "red delicious"
            [[fruits.varieties]]
            name = "granny smith"

            [[fruits]]
            [fruits.physical]
            color = "yellow"
            """);

        Assert.Equal(2, TomlSample.At<TomlArray>(root, "fruits").Items.Count);
        Assert.Equal("granny smith", TomlSample.At<TomlString>(root, "fruits", "0", "varieties", "1", "name").Value);
        Assert.Equal("yellow", TomlSample.At<TomlString>(root, "fruits", "1", "physical", "color").Value);
        Assert.False(TomlSample.At<TomlTable>(root, "fruits", "1").TryGet("varieties", out _));
    }
}
