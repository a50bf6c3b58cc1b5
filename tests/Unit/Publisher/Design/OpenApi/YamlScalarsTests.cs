namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Scalars by YAML's core schema.</summary>
public sealed class YamlScalarsTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("2001-12-14", "\"2001-12-14\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData(".", "\".\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("\"true\"", "\"true\"")]
    public void Plain_NoNumber_IsWhatTheCoreSchemaSays(string text, string json) => Assert.Equal(json, Documents.YamlValue($"x: {text}"));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-19", "-19")]
    [InlineData("+12", "12")]
    [InlineData("007", "7")]
    [InlineData("0o17", "15")]
    [InlineData("0xFf", "255")]
    [InlineData("0x11111111111111111", "\"0x11111111111111111\"")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.", "1")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1e3", "1e3")]
    [InlineData("+1.50E+2", "1.50E+2")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("1e400", "1e400")]
    public void Plain_Number_KeepsItsDigits(string text, string json) => Assert.Equal(json, Documents.YamlValue($"x: {text}"));

    [Theory]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("! 5", "\"5\"")]
    [InlineData("!!int '5'", "5")]
    [InlineData("!!float 5", "5")]
    [InlineData("!!bool \"true\"", "true")]
    [InlineData("!!null ''", "null")]
    [InlineData("!!seq [a]", "[\"a\"]")]
    [InlineData("!!map {a: b}", "{\"a\":\"b\"}")]
    public void Tag_OfTheCoreSchema_Decides(string text, string json) => Assert.Equal(json, Documents.YamlValue($"x: {text}"));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.10")]
    [InlineData("2024")]
    [InlineData("007")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("true")]
    [InlineData("2024-01-31")]
    public void Info_ThatLooksLikeANumber_StaysText(string text)
    {
        var read = Documents.Read($"openapi: 3.0.3\ninfo: {{title: {text}, version: {text}, x-a: 1.0}}\npaths: {{}}");

        Assert.Equal((text, text), (read.Title, read.Version));
        Assert.Equal("1.0", Documents.Node(read.Json, "info", "x-a")!.ToJsonString());
    }
}
