using System.Globalization;
using System.Text;

namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads integers and floats (TOML 1.0, Integer and Float).</summary>
internal static class TomlNumberReader
{
    /// <summary>A number, with the cursor on its sign or first digit.</summary>
    public static TomlValue Read(TomlCursor cursor)
    {
        var start = cursor.Position;
        if (RadixOf(cursor.Peek(), cursor.Peek(1)) is { } radix)
        {
            return ReadInRadix(cursor, radix, start);
        }

        var digits = new StringBuilder();
        if (cursor.Peek() is '+' or '-')
        {
            digits.Append(cursor.Take());
            if (cursor.Peek() is 'i' or 'n')
            {
                return ReadSpecial(cursor, digits[0] == '-', start);
            }
        }

        ReadWholePart(cursor, digits);
        var isFloat = ReadFraction(cursor, digits);
        isFloat |= ReadExponent(cursor, digits);
        return isFloat ? ToFloat(digits.ToString(), start) : ToInteger(digits.ToString(), start);
    }

    /// <summary>The words <c>inf</c> and <c>nan</c>, with the cursor on the first letter.</summary>
    public static TomlFloat ReadSpecial(TomlCursor cursor, bool negative, TomlPosition start)
    {
        var word = cursor.Position;
        var value = cursor.TakeWord() switch
        {
            "inf" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => throw new TomlException(word, "expected inf or nan; other text needs quotes"),
        };
        return new TomlFloat(negative ? -value : value, start);
    }

    private static int? RadixOf(char first, char second) => (first, second) switch
    {
        ('0', 'x') => 16,
        ('0', 'o') => 8,
        ('0', 'b') => 2,
        _ => null,
    };

    private static TomlInteger ReadInRadix(TomlCursor cursor, int radix, TomlPosition start)
    {
        cursor.Take();
        cursor.Take();
        var digits = new StringBuilder();
        ReadDigits(cursor, digits, radix);
        long value = 0;
        foreach (var digit in digits.ToString())
        {
            var next = Uri.FromHex(digit);
            if (value > (long.MaxValue - next) / radix)
            {
                throw TooLarge(start);
            }

            value = (value * radix) + next;
        }

        return new TomlInteger(value, start);
    }

    private static void ReadWholePart(TomlCursor cursor, StringBuilder digits)
    {
        if (cursor.Peek() == '0' && (char.IsAsciiDigit(cursor.Peek(1)) || cursor.Peek(1) == '_'))
        {
            throw cursor.Fail("a number may not begin with a zero");
        }

        if (digits.Length > 0 && RadixOf(cursor.Peek(), cursor.Peek(1)) is not null)
        {
            throw cursor.Fail("a hexadecimal, octal or binary integer may not have a sign");
        }

        ReadDigits(cursor, digits, radix: 10);
    }

    private static bool ReadFraction(TomlCursor cursor, StringBuilder digits)
    {
        if (!cursor.TryTake('.'))
        {
            return false;
        }

        digits.Append('.');
        ReadDigits(cursor, digits, radix: 10);
        return true;
    }

    private static bool ReadExponent(TomlCursor cursor, StringBuilder digits)
    {
        if (!cursor.TryTake('e') && !cursor.TryTake('E'))
        {
            return false;
        }

        digits.Append('e');
        if (cursor.Peek() is '+' or '-')
        {
            digits.Append(cursor.Take());
        }

        ReadDigits(cursor, digits, radix: 10);
        return true;
    }

    /// <summary>One digit or more, with single underscores between digits left out.</summary>
    private static void ReadDigits(TomlCursor cursor, StringBuilder digits, int radix)
    {
        do
        {
            if (!cursor.AtDigit(radix))
            {
                throw cursor.Expected(DigitName(radix));
            }

            digits.Append(cursor.Take());
        }
        while (cursor.TryTake('_') || cursor.AtDigit(radix));
    }

    private static string DigitName(int radix) => radix switch
    {
        2 => "a binary digit",
        8 => "an octal digit",
        16 => "a hexadecimal digit",
        _ => "a digit",
    };

    private static TomlInteger ToInteger(string digits, TomlPosition start) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new TomlInteger(value, start)
            : throw TooLarge(start);

    /// <summary>A number too large for a double would come out as infinity, which nobody wrote.</summary>
    private static TomlFloat ToFloat(string digits, TomlPosition start)
    {
        var value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? new TomlFloat(value, start) : throw new TomlException(start, "the number does not fit a double");
    }

    private static TomlException TooLarge(TomlPosition start) => new(start, "the integer does not fit 64 bits");
}
