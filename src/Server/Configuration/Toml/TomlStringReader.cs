using System.Text;

namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads the four notations of a string (TOML 1.0, String).</summary>
internal static class TomlStringReader
{
    private const string Where = "a string";

    /// <summary>A string as a value, with the cursor on its opening quote.</summary>
    public static string Read(TomlCursor cursor)
    {
        var opening = cursor.Position;
        var quote = cursor.Peek();
        return cursor.TryTakeThree(quote) ? ReadMultiLine(cursor, quote, opening) : ReadOneLine(cursor, quote);
    }

    /// <summary>A quoted name in a key, which may not be a multi-line string (TOML 1.0, Keys).</summary>
    public static string ReadName(TomlCursor cursor)
    {
        var opening = cursor.Position;
        var quote = cursor.Peek();
        return cursor.TryTakeThree(quote)
            ? throw new TomlException(opening, "a multi-line string is not allowed as a key")
            : ReadOneLine(cursor, quote);
    }

    private static string ReadOneLine(TomlCursor cursor, char quote)
    {
        var content = new StringBuilder();
        cursor.Take();
        while (!cursor.TryTake(quote))
        {
            if (cursor.AtEnd || cursor.AtNewline)
            {
                throw cursor.Expected($"the closing {quote}");
            }

            if (quote == '"' && cursor.Peek() == '\\')
            {
                ReadEscape(cursor, content);
            }
            else
            {
                content.Append(cursor.TakeText(Where));
            }
        }

        return content.ToString();
    }

    private static string ReadMultiLine(TomlCursor cursor, char quote, TomlPosition opening)
    {
        var content = new StringBuilder();
        cursor.TryTakeNewline();
        while (!TryClose(cursor, quote, content))
        {
            if (cursor.AtEnd)
            {
                throw new TomlException(opening, $"the string that begins here has no closing {new string(quote, 3)}");
            }

            if (cursor.TryTakeNewline())
            {
                // The specification leaves the form of a newline to the reader; LF makes a file mean the same on every system.
                content.Append('\n');
            }
            else if (quote == '"' && cursor.Peek() == '\\')
            {
                ReadEscapeOrLineEnd(cursor, content);
            }
            else
            {
                content.Append(cursor.TakeText(Where));
            }
        }

        return content.ToString();
    }

    /// <summary>Takes the closing quotes; one or two quotes right before them belong to the content.</summary>
    private static bool TryClose(TomlCursor cursor, char quote, StringBuilder content)
    {
        if (!cursor.TryTakeThree(quote))
        {
            return false;
        }

        for (var extra = 0; extra < 2 && cursor.TryTake(quote); extra++)
        {
            content.Append(quote);
        }

        return true;
    }

    /// <summary>A backslash at the end of a line takes that newline and all blank space after it out of the string.</summary>
    private static void ReadEscapeOrLineEnd(TomlCursor cursor, StringBuilder content)
    {
        if (cursor.Peek(1) is not (' ' or '\t' or '\r' or '\n'))
        {
            ReadEscape(cursor, content);
            return;
        }

        cursor.Take();
        cursor.SkipBlanks();
        if (!cursor.AtNewline)
        {
            throw cursor.Expected("the end of the line after a backslash and blanks");
        }

        while (cursor.TryTakeNewline())
        {
            cursor.SkipBlanks();
        }
    }

    private static void ReadEscape(TomlCursor cursor, StringBuilder content)
    {
        var backslash = cursor.Position;
        cursor.Take();
        var digits = cursor.Peek() switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            cursor.Take();
            content.Append(ReadScalar(cursor, digits, backslash).ToString());
            return;
        }

        content.Append(cursor.Peek() switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            '"' => '"',
            '\\' => '\\',
            _ => throw new TomlException(backslash, "unknown escape; expected one of \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX"),
        });
        cursor.Take();
    }

    private static Rune ReadScalar(TomlCursor cursor, int digits, TomlPosition backslash)
    {
        uint value = 0;
        for (var read = 0; read < digits; read++)
        {
            if (!cursor.TryTakeDigit(16, out var digit))
            {
                throw cursor.Expected($"{digits} hexadecimal digits");
            }

            value = (value << 4) | (uint)digit;
        }

        return Rune.IsValid(value)
            ? new Rune(value)
            : throw new TomlException(backslash, $"U+{value:X4} is not a Unicode scalar value");
    }
}
