using System.Text;
using Tollgate.Model;

namespace Tollgate.Unit.Model;

public sealed class UnicodeJsonTests
{
    [Theory]
    [InlineData("""{ "a": "b" }""")]
    [InlineData("""{ "ä😀": "\u00e4\ud83d\ude00\n" }""")]
    [InlineData("not JSON")]
    [InlineData("")]
    public void IsText_UnicodeStrings_Holds(string json) => Assert.True(UnicodeJson.IsText(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{ "a": "\ud800" }""")]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""[ { "a": { "b": "\udc00\ud800" } } ]""")]
    public void IsText_HalfASurrogatePair_DoesNotHold(string json) => Assert.False(UnicodeJson.IsText(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void IsText_BytesThatAreNoUtf8_DoesNotHold() => Assert.False(UnicodeJson.IsText([.. "{\"a"u8, 0xfe, .. "\":1}"u8]));
}
