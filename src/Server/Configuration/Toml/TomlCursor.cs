using System.Globalization;
using System.Text;

namespace Tollgate.Server.Configuration.Toml;

/// <summary>The place a reader has reached in a TOML text, and the steps over it that all readers share.</summary>
internal sealed class TomlCursor(string text)
{
    /// <summary>What <see cref="Peek"/> answers past the end; a NUL in the text is allowed nowhere, so the two never mix up.</summary>
    public const char End = '\0';

    private int _offset;
    private int _line = TomlPosition.Start.Line;
    private int _column = TomlPosition.Start.Column;

    public TomlPosition Position => new(_line, _column);

    public bool AtEnd => _offset >= text.Length;

    /// <summary>LF or CR LF; a CR by itself is a control character like any other.</summary>
    public bool AtNewline => Peek() == '\n' || (Peek() == '\r' && Peek(1) == '\n');

    public char Peek(int ahead = 0) => _offset + ahead < text.Length ? text[_offset + ahead] : End;

    public char Take()
    {
        var taken = text[_offset++];
        if (taken == '\n')
        {
            _line++;
            _column = TomlPosition.Start.Column;
        }
        else if (!char.IsLowSurrogate(taken))
        {
            _column++;
        }

        return taken;
    }

    public bool TryTake(char wanted)
    {
        var found = !AtEnd && Peek() == wanted;
        if (found)
        {
            Take();
        }

        return found;
    }

    public bool AtDigit(int radix) => char.IsAsciiHexDigit(Peek()) && Uri.FromHex(Peek()) < radix;

    public bool TryTakeDigit(int radix, out int value)
    {
        var found = AtDigit(radix);
        value = found ? Uri.FromHex(Take()) : 0;
        return found;
    }

    /// <summary>Takes what is made of the characters of a bare key, possibly nothing.</summary>
    public string TakeWord()
    {
        var start = _offset;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-')
        {
            Take();
        }

        return text[start.._offset];
    }

    /// <summary>Takes <paramref name="wanted"/> three times or not at all.</summary>
    public bool TryTakeThree(char wanted)
    {
        var found = Peek() == wanted && Peek(1) == wanted && Peek(2) == wanted;
        for (var taken = 0; found && taken < 3; taken++)
        {
            Take();
        }

        return found;
    }

    public void Expect(char wanted, string expected)
    {
        if (!TryTake(wanted))
        {
            throw Expected(expected);
        }
    }

    public bool TryTakeNewline()
    {
        var found = AtNewline;
        if (found)
        {
            TryTake('\r');
            Take();
        }

        return found;
    }

    /// <summary>Takes a character that comments and strings may contain as it is: no control but tab, no lone surrogate.</summary>
    public char TakeText(string where)
    {
        var next = Peek();
        if ((char.IsAscii(next) && char.IsControl(next) && next != '\t') || AtLoneSurrogate)
        {
            throw Fail($"{Found} is not allowed in {where}");
        }

        return Take();
    }

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
        {
            Take();
        }
    }

    /// <summary>Skips blanks, comments and newlines: what may stand between expressions and inside arrays.</summary>
    public void SkipLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TryTakeNewline());
    }

    /// <summary>Goes to the next line; nothing but a comment may stand before it.</summary>
    public void ExpectLineEnd()
    {
        SkipBlanks();
        SkipComment();
        if (!AtEnd && !TryTakeNewline())
        {
            throw Expected("the end of the line");
        }
    }

    public TomlException Fail(string reason) => new(Position, reason);

    public TomlException Expected(string expected) => Fail($"expected {expected}, found {Found}");

    private bool AtLoneSurrogate => char.IsHighSurrogate(Peek())
        ? !char.IsLowSurrogate(Peek(1))
        : char.IsLowSurrogate(Peek()) && (_offset == 0 || !char.IsHighSurrogate(text[_offset - 1]));

    private string Found
    {
        get
        {
            if (AtEnd)
            {
                return "the end of the file";
            }

            if (AtNewline)
            {
                return "the end of the line";
            }

            return Rune.TryGetRuneAt(text, _offset, out var rune) ? Describe(rune) : "half of a surrogate pair";
        }
    }

    private void SkipComment()
    {
        if (TryTake('#'))
        {
            while (!AtEnd && !AtNewline)
            {
                TakeText("a comment");
            }
        }
    }

    private static string Describe(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        && rune.Value != ' '
            ? $"U+{rune.Value:X4}"
            : $"'{rune}'";
}
