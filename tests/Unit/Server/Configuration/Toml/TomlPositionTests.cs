using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Line and column of refusals and of values.</summary>
public sealed class TomlPositionTests
{
    [Theory]
    [InlineData("a = 1\nb == 2", 2, 4, "expected a value, found '='")]
    [InlineData("a = 1\r\nb = \r\n", 2, 5, "expected a value, found the end of the line")]
    [InlineData("a", 1, 2, "expected '=' after the key, found the end of the file")]
    [InlineData("= 1", 1, 1, "expected a key, found '='")]
    [InlineData("a = 1 b = 2", 1, 7, "expected the end of the line, found 'b'")]
    [InlineData("a = 1\r", 1, 6, "expected the end of the line, found U+000D")]
    [InlineData("a = \"x\ny\"", 1, 7, "expected the closing \", found the end of the line")]
    [InlineData("a = 'é\U0001F600\u0001'", 1, 8, "U+0001 is not allowed in a string")]
    [InlineData("a = \"\U0001F600\\q\"", 1, 7, "unknown escape; expected one of \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX")]
    [InlineData("a = \"b\\uD800\"", 1, 7, "U+D800 is not a Unicode scalar value")]
    [InlineData("a = \"\\u12x4\"", 1, 10, "expected 4 hexadecimal digits, found 'x'")]
    [InlineData("\na = \"\"\"\nb\nc", 2, 5, "the string that begins here has no closing \"\"\"")]
    [InlineData("# \u007F", 1, 3, "U+007F is not allowed in a comment")]
    [InlineData("a = 1_\n", 1, 7, "expected a digit, found the end of the line")]
    [InlineData("a = +01", 1, 6, "a number may not begin with a zero")]
    [InlineData("a = -0x1", 1, 6, "a hexadecimal, octal or binary integer may not have a sign")]
    [InlineData("a = 9223372036854775808", 1, 5, "the integer does not fit 64 bits")]
    [InlineData("a = 0b102", 1, 9, "expected the end of the line, found '2'")]
    [InlineData("a = 2023-02-30", 1, 13, "the day must be from 1 to 28")]
    [InlineData("a = 2023-1-01", 1, 11, "expected the month in 2 digits, found '-'")]
    [InlineData("a = 07:32", 1, 10, "expected ':' and the second, found the end of the file")]
    [InlineData("a = [\n  1,\n  2 3\n]", 3, 5, "expected ',' or ']' in the array, found '3'")]
    [InlineData("a = { b = 1\n}", 1, 12, "expected ',' or '}' in the inline table, found the end of the line")]
    [InlineData("a = { b = 1, }", 1, 14, "expected a key, found '}'")]
    [InlineData("a = tru", 1, 5, "expected true or false; other text needs quotes")]
    [InlineData("a = -infinite", 1, 6, "expected inf or nan; other text needs quotes")]
    [InlineData("[a]\nx = 1\n[b.c]\n[ a ]", 4, 3, "'a' is already defined on line 1, as a table")]
    [InlineData("x.y = 1\nx.y.z = 2", 2, 3, "nothing can be added to 'y', defined on line 1 as an integer")]
    [InlineData("[[a]\n", 1, 5, "expected ']]' after the name of an array of tables, found the end of the line")]
    [InlineData("\"\"\"a\"\"\" = 1", 1, 1, "a multi-line string is not allowed as a key")]
    [InlineData("a = \u3000", 1, 5, "expected a value, found U+3000")]
    public void Refusal_OfText_NamesPlaceAndReason(string text, int line, int column, string reason)
    {
        var refusal = TomlSample.Refused(text);

        Assert.Equal((line, column, reason), (refusal.Line, refusal.Column, refusal.Reason));
        Assert.Equal($"line {line}, column {column}: {reason}", refusal.Message);
    }

    /// <summary>No row of the theory above: attributes are stored in UTF-8, which has no such text.</summary>
    [Fact]
    public void Refusal_OfHalfSurrogatePair_NamesPlaceAndReason()
    {
        var refusal = TomlSample.Refused("# \U0001F600\uD800");

        Assert.Equal((1, 4, "half of a surrogate pair is not allowed in a comment"), (refusal.Line, refusal.Column, refusal.Reason));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5, "s")]
    [InlineData(4, 4, "t", "u")]
    [InlineData(5, 8, "t", "u", "\U0001F600é")]
    [InlineData(6, 5, "t", "u", "l")]
    [InlineData(7, 3, "t", "u", "l", "0")]
    [InlineData(8, 3, "t", "u", "l", "1")]
    [InlineData(8, 9, "t", "u", "l", "1", "k")]
    [InlineData(10, 4, "r")]
    [InlineData(10, 4, "r", "0")]
    [InlineData(11, 1, "r", "0", "d")]
    [InlineData(11, 7, "r", "0", "d", "e")]
    [InlineData(12, 3, "r", "1")]
    public void Value_Read_KnowsItsPlace(int line, int column, params string[] path)
    {
        const string Text = """
            # comment
            s = '''
            '''
            [t.u]
            "😀é" = 1
            l = [
              2,
              { k = 3 },
            ]
            [[ r ]]
            d.e = 4
            [[r]]
            """;
        foreach (var newline in (string[])["\n", "\r\n"])
        {
            var value = TomlSample.Find(TomlReader.Read(Text.ReplaceLineEndings(newline)), path);

            Assert.Equal((line, column), (value.Line, value.Column));
        }
    }
}
