using System.Text;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>JSON that is not as strict as it must be.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("[1,]", "Line 1, column 4: The JSON array contains a trailing comma at the end which is not supported in this mode.")]
    [InlineData("{\n  // no\n}", "Line 2, column 3: '/' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{\"a\": 01}", "Line 1, column 8: Invalid leading zero before '1'.")]
    [InlineData("{\"a\": NaN}", "Line 1, column 7: 'N' is an invalid start of a value.")]
    [InlineData("{} {}", "Line 1, column 4: '{' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("{'a': 1}", "Line 1, column 2: ''' is an invalid start of a property name. Expected a '\"'.")]
    public void Document_NotJson_IsRefusedWithThePlace(string document, string sentence) =>
        Assert.Equal(sentence, Documents.Refused(document));

    [Theory]
    [InlineData("{\"a\":1,\n \"b\":{\"é\":1,\"é\":2}}", "Line 2, column 13: The name 'é' stands twice in the same object.")]
    [InlineData("{\"a\":1,\"\\u0061\":1}", "Line 1, column 8: The name 'a' stands twice in the same object.")]
    public void Name_Twice_IsRefused(string document, string sentence) => Assert.Equal(sentence, Documents.Refused(document));

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Nesting_OfHundredThousand_IsRefused(string open) =>
        Assert.EndsWith(
            "The document is nested more than 100 levels deep.", Documents.Refused(string.Concat(Enumerable.Repeat(open, 100_000))));

    [Fact]
    public void Nesting_OfTheLimit_IsRead()
    {
        // The root is the first level.
        var read = Documents.Read(Document(99));

        Assert.Equal(read.Json, DefinitionWriter.Update(read.Json, [], []));
        Assert.EndsWith("nested more than 100 levels deep.", Documents.Refused(Document(100)));

        static string Document(int lists) => Documents.With($"\"paths\":{{}},\"x\":{new string('[', lists)}{new string(']', lists)}");
    }

    [Fact]
    public void Document_TruncatedAnywhere_IsRefused() =>
        Assert.All(
            Enumerable.Range(0, Documents.Kennel.Length),
            length => Assert.NotEmpty(Documents.Refused(Documents.Kennel[..length])));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    [InlineData("\uFEFF")]
    public void Document_Empty_IsRefused(string document) => Assert.Equal("The document is empty.", Documents.Refused(document));

    [Theory]
    [InlineData("{\"x\":\n\"\\ud800\"}")]
    [InlineData("{\n\"\\udc00\":1}")]
    public void Surrogate_Half_IsRefused(string document) =>
        Assert.Equal(
            "Line 2, column 1: The text holds half of a surrogate pair (\\uD800 to \\uDFFF), which is no character.",
            Documents.Refused(document));

    [Fact]
    public void Encoding_OtherThanUtf8_IsRefused() =>
        Assert.All(
            (byte[][])
            [
                [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Documents.Kennel)], Encoding.Latin1.GetBytes("{\"é\":1}"),
                [.. "x: "u8, 0xC0, 0xAF], [.. "x: "u8, 0xED, 0xA0, 0x80],
            ],
            content => Assert.Equal("The document is not UTF-8 text. Save it with the encoding UTF-8.", Documents.Refused(content)));
}
