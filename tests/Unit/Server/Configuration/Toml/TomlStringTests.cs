using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>The four notations of a string: what they mean and what they refuse.</summary>
public sealed class TomlStringTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a # b\"", "a # b")]
    [InlineData("\"tab\there\"", "tab\there")]
    [InlineData(@"""\b\t\n\f\r\""\\""", "\b\t\n\f\r\"\\")]
    [InlineData(@"""\u00e9\U0001F600\u0000""", "é\U0001F600\0")]
    [InlineData("\"é€\U0001F600\"", "é€\U0001F600")]
    public void Basic_Valid_IsUnescaped(string notation, string expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlString>(notation).Value);

    [Theory]
    [InlineData("''", "")]
    [InlineData(@"'C:\new\u0041'", @"C:\new\u0041")]
    [InlineData("'a \"b\"'", "a \"b\"")]
    public void Literal_Valid_IsTakenAsWritten(string notation, string expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlString>(notation).Value);

    [Theory]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"\none\ntwo\n\"\"\"", "one\ntwo\n")]
    [InlineData("\"\"\"\r\none\r\ntwo\"\"\"", "one\ntwo")]
    [InlineData("\"\"\"one \\\n\n\t two\"\"\"", "one two")]
    [InlineData("\"\"\"one\\  \r\n two\"\"\"", "onetwo")]
    [InlineData("\"\"\"\"\"two\"\"\"\"\"", "\"\"two\"\"")]
    [InlineData("\"\"\"a\\\"\"\"\"", "a\"")]
    [InlineData("\"\"\"\\u0041\\\\\"\"\"", "A\\")]
    public void MultiLineBasic_Valid_IsUnescaped(string notation, string expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlString>(notation).Value);

    [Theory]
    [InlineData("''''''", "")]
    [InlineData("'''\none\\\ntwo'''", "one\\\ntwo")]
    [InlineData("''''one'''''", "'one''")]
    [InlineData("'''\n\nx'''", "\nx")]
    public void MultiLineLiteral_Valid_IsTakenAsWritten(string notation, string expected) =>
        Assert.Equal(expected, TomlSample.Value<TomlString>(notation).Value);

    [Theory]
    [InlineData(@"""\ud800""")]
    [InlineData(@"""\U00110000""")]
    [InlineData(@"""\UFFFFFFFF""")]
    [InlineData(@"""\u12""")]
    [InlineData(@"""\U1234567""")]
    [InlineData(@"""\u12G4""")]
    [InlineData(@"""\a""")]
    [InlineData(@"""\'""")]
    public void Escape_NotOfTheSpecification_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Theory]
    [InlineData(@"""\e""")]
    [InlineData(@"""\x41""")]
    public void Escape_OfLaterVersion_IsRefused(string notation) => TomlSample.ValueRefused(notation);

    [Theory]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("\"\"\"")]
    [InlineData("'''")]
    public void AnyString_WithControlCharacter_IsRefused(string quotes)
    {
        for (var code = 0; code <= 0x7F; code++)
        {
            if (char.IsControl((char)code) && code is not ('\t' or '\n'))
            {
                Assert.Contains($"U+{code:X4} is not allowed", TomlSample.ValueRefused($"{quotes}a{(char)code}b{quotes}").Reason);
            }
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("\"\"\"")]
    [InlineData("'''")]
    public void AnyString_WithHalfOfSurrogatePair_IsRefused(string quotes)
    {
        TomlSample.ValueRefused($"{quotes}a\uD83D{quotes}");
        TomlSample.ValueRefused($"{quotes}\uDE00b{quotes}");
    }

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\\")]
    [InlineData("'a")]
    [InlineData("\"\"\"a\"\"")]
    [InlineData("'''a''")]
    [InlineData("\"\"\"a\"\"\"\"\"\"")]
    [InlineData("'''a''''''")]
    [InlineData("\"\"\"a\\ b\"\"\"")]
    [InlineData("\"\"\"a\\\rb\"\"\"")]
    [InlineData("\"a\" b")]
    public void AnyString_NotClosedAsItShould_IsRefused(string notation) => TomlSample.ValueRefused(notation);
}
