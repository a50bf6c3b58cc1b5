namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads dates and times (TOML 1.0, Offset Date-Time to Local Time; RFC 3339 for the ranges).</summary>
/// <remarks>A second of 60 is refused: which minutes have one is not knowable here, and no .NET time can hold it.</remarks>
internal static class TomlDateTimeReader
{
    /// <summary>Digits followed by a dash or a colon can only be meant as a date or a time.</summary>
    public static bool IsAt(TomlCursor cursor)
    {
        var digits = 0;
        while (char.IsAsciiDigit(cursor.Peek(digits)))
        {
            digits++;
        }

        return digits > 0 && cursor.Peek(digits) is '-' or ':';
    }

    /// <summary>A date, a time or both, where <see cref="IsAt"/> says there is one.</summary>
    public static TomlDateTime Read(TomlCursor cursor)
    {
        var start = cursor.Position;
        if (cursor.Peek(1) == ':' || cursor.Peek(2) == ':')
        {
            return new TomlDateTime(null, ReadTime(cursor), null, start);
        }

        var date = ReadDate(cursor);
        return TryTakeSeparator(cursor)
            ? new TomlDateTime(date, ReadTime(cursor), ReadOffset(cursor), start)
            : new TomlDateTime(date, null, null, start);
    }

    /// <summary>A space separates date and time only where a time follows; else it just ends the date.</summary>
    private static bool TryTakeSeparator(TomlCursor cursor) =>
        cursor.TryTake('T') || cursor.TryTake('t') || (char.IsAsciiDigit(cursor.Peek(1)) && cursor.TryTake(' '));

    private static DateOnly ReadDate(TomlCursor cursor)
    {
        // RFC 3339 has a year 0000; DateOnly has not, and no configuration needs it.
        var year = ReadField(cursor, "year", 4, 1, 9999);
        cursor.Expect('-', "'-' and the month");
        var month = ReadField(cursor, "month", 2, 1, 12);
        cursor.Expect('-', "'-' and the day");
        var day = ReadField(cursor, "day", 2, 1, DateTime.DaysInMonth(year, month));
        return new DateOnly(year, month, day);
    }

    private static TimeOnly ReadTime(TomlCursor cursor)
    {
        var hour = ReadField(cursor, "hour", 2, 0, 23);
        cursor.Expect(':', "':' and the minute");
        var minute = ReadField(cursor, "minute", 2, 0, 59);
        cursor.Expect(':', "':' and the second");
        var second = ReadField(cursor, "second", 2, 0, 59);
        var wholeSeconds = new TimeOnly(hour, minute, second);
        return cursor.TryTake('.') ? new TimeOnly(wholeSeconds.Ticks + ReadFraction(cursor)) : wholeSeconds;
    }

    /// <summary>The fraction of a second in ticks; digits beyond their precision are cut off, as the specification asks.</summary>
    private static long ReadFraction(TomlCursor cursor)
    {
        if (!cursor.TryTakeDigit(10, out var digit))
        {
            throw cursor.Expected("a digit");
        }

        long ticks = 0;
        var ticksOfDigit = TimeSpan.TicksPerSecond / 10;
        do
        {
            ticks += digit * ticksOfDigit;
            ticksOfDigit /= 10;
        }
        while (cursor.TryTakeDigit(10, out digit));
        return ticks;
    }

    private static TimeSpan? ReadOffset(TomlCursor cursor)
    {
        if (cursor.TryTake('Z') || cursor.TryTake('z'))
        {
            return TimeSpan.Zero;
        }

        if (cursor.Peek() is not ('+' or '-'))
        {
            return null;
        }

        var sign = cursor.Take() == '-' ? -1 : 1;
        var hours = ReadField(cursor, "offset hour", 2, 0, 23);
        cursor.Expect(':', "':' and the offset minute");
        var minutes = ReadField(cursor, "offset minute", 2, 0, 59);
        return new TimeSpan(sign * hours, sign * minutes, 0);
    }

    private static int ReadField(TomlCursor cursor, string name, int digits, int least, int most)
    {
        var start = cursor.Position;
        var value = 0;
        for (var read = 0; read < digits; read++)
        {
            if (!cursor.TryTakeDigit(10, out var digit))
            {
                throw cursor.Expected($"the {name} in {digits} digits");
            }

            value = (value * 10) + digit;
        }

        return value >= least && value <= most
            ? value
            : throw new TomlException(start, $"the {name} must be from {least} to {most}");
    }
}
