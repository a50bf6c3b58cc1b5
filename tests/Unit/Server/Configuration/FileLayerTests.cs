using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>From TOML to dotted keys.</summary>
public sealed class FileLayerTests
{
    [Theory]
    [InlineData("[a]\nb = 1", "a.b", "1")]
    [InlineData("a.b.c = true", "a.b.c", "true")]
    [InlineData("[p]\n'header.X-KEY' = \"v\"", "p.header.X-KEY", "v")]
    [InlineData("a = { b = 1.5 }", "a.b", "1.5")]
    [InlineData("a = 0xff", "a", "255")]
    public void Key_Read_IsDotted(string toml, string key, string value)
    {
        var entry = Assert.Single(Read(toml).Entries);

        Assert.Equal((key, value), (entry.Key, entry.Value.ToString()));
    }

    [Fact]
    public void Tables_InDoubleBrackets_AreAListWithKeysOfTheirOwn()
    {
        var list = Assert.IsType<SettingList>(Read("[[a.b]]\nx.y = 1\n[[a.b.c]]\nz = 2\n[[a.b]]\n").Entries["a.b"]);
        var first = Assert.IsType<SettingTable>(list.Items[0]);

        Assert.Equal(["x.y", "c"], first.Entries.Keys);
        Assert.Equal("[{ x.y = 1, c = [{ z = 2 }] }, {  }]", list.ToString());
    }

    [Fact]
    public void Value_Read_KnowsItsPlace()
    {
        var origin = Read("[a]\n  b = 1\n").Entries["a.b"].Origin;

        Assert.Equal("/etc/x/deployment.toml:2:7", origin.ToString());
        Assert.Equal("deployment.toml line 2, column 7", origin.Place);
    }

    [Theory]
    [InlineData("a = 1\nb == 2", "deployment.toml line 2, column 4: expected a value, found '='")]
    [InlineData(
        "a.b = 1\n'a.b' = 2",
        "deployment.toml line 2, column 9: key 'a.b' is written twice, first at deployment.toml line 1, column 7")]
    [InlineData("a = 2020-01-01", "deployment.toml line 1, column 5: key 'a' is a local date, and no key takes one; write it in quotes")]
    public void File_ThatCannotBeUsed_IsRefusedInOneLine(string toml, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Read(toml)).Message);

    [Fact]
    public void Complaint_AboutNameWithLineEnd_StaysOnOneLine() =>
        Assert.Equal("deployment.toml line 1, column 10: unknown key 'a\\u000Ab'", Sample.Refused("\"a\\nb\" = 1"));

    private static SettingTable Read(string toml) => FileLayer.Read("/etc/x/deployment.toml", System.Text.Encoding.UTF8.GetBytes(toml));
}
