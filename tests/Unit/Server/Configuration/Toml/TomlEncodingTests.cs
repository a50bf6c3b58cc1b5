using System.Text;
using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Bytes to text: UTF-8, byte order marks, newlines, comments and characters that may not stand outside strings.</summary>
public sealed class TomlEncodingTests
{
    [Fact]
    public void Read_Empty_IsAnEmptyTable()
    {
        Assert.Empty(TomlReader.Read("").Entries);
        Assert.Empty(TomlReader.Read([]).Entries);
    }

    [Fact]
    public void Read_Utf8_IsDecoded()
    {
        var root = TomlReader.Read("key = 'é€\U0001F600'"u8);

        Assert.Equal("é€\U0001F600", TomlSample.At<TomlString>(root, "key").Value);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkippedAndNotCounted()
    {
        var root = TomlReader.Read("\uFEFFkey = 1"u8);

        Assert.Equal((1, 7), (TomlSample.At<TomlInteger>(root, "key").Line, TomlSample.At<TomlInteger>(root, "key").Column));
        Assert.Equal(1, TomlSample.At<TomlInteger>(TomlReader.Read("\uFEFFkey = 1"), "key").Value);
        Assert.Empty(TomlReader.Read("\uFEFF"u8).Entries);
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFkey = 1", 1, 1)]
    [InlineData("key = 1\n\uFEFF", 2, 1)]
    public void Read_ByteOrderMarkElsewhere_IsRefused(string text, int line, int column)
    {
        var refusal = Assert.Throws<TomlException>(() => TomlReader.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((line, column), (refusal.Line, refusal.Column));
        Assert.EndsWith("found U+FEFF", refusal.Reason);
    }

    [Theory]
    [InlineData("FF", 1, 1)]
    [InlineData("EF BB BF 80", 1, 1)]
    [InlineData("61 3D 31 0A 23 C3 A9 C3", 2, 3)]
    [InlineData("23 F0 9F 98 80 F0 9F 98", 1, 3)]
    [InlineData("23 C0 80", 1, 2)]
    [InlineData("23 ED A0 80", 1, 2)]
    [InlineData("23 F4 90 80 80", 1, 2)]
    [InlineData("FF FE 61 00", 1, 1)]
    public void Read_InvalidUtf8_IsRefusedWithItsPlace(string hex, int line, int column)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        var refusal = Assert.Throws<TomlException>(() => TomlReader.Read(bytes));

        Assert.Equal((line, column), (refusal.Line, refusal.Column));
        Assert.Contains("UTF-8", refusal.Reason);
    }

    [Theory]
    [InlineData("\n\t \r\n  # comment\r\n\n# last, é \u0085")]
    [InlineData("#")]
    [InlineData("#\ttab")]
    public void Read_BlankLinesAndComments_AreSkipped(string text) => Assert.Empty(TomlReader.Read(text).Entries);

    [Theory]
    [InlineData("\r")]
    [InlineData("# comment\rkey = 1")]
    [InlineData("key = 1\r")]
    [InlineData("\u000B")]
    [InlineData("\u000C")]
    [InlineData("\0")]
    [InlineData("key = 1 \0")]
    [InlineData("# \0")]
    [InlineData("# \u001F")]
    [InlineData("\u00A0")]
    public void Read_OtherBlankOrControlCharacters_AreRefused(string text) => TomlSample.Refused(text);
}
