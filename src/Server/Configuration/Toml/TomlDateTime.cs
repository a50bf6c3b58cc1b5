namespace Tollgate.Server.Configuration.Toml;

/// <summary>Which of the four date and time types a <see cref="TomlDateTime"/> has.</summary>
internal enum TomlDateTimeKind
{
    OffsetDateTime,
    LocalDateTime,
    LocalDate,
    LocalTime,
}

/// <summary>A date, a time or both, kept in the parts that were written.</summary>
/// <remarks>
/// Not a <see cref="DateTimeOffset"/>: RFC 3339 allows offsets up to 23:59 and instants before year 1 in UTC, which that type refuses.
/// </remarks>
internal sealed class TomlDateTime(DateOnly? date, TimeOnly? time, TimeSpan? offset, TomlPosition position) : TomlValue(position)
{
    /// <summary>The date; absent from a local time.</summary>
    public DateOnly? Date { get; } = date;

    /// <summary>The time, to 100 nanoseconds; absent from a local date.</summary>
    public TimeOnly? Time { get; } = time;

    /// <summary>The distance from UTC; present in an offset date-time only.</summary>
    public TimeSpan? Offset { get; } = offset;

    public TomlDateTimeKind DateTimeKind => (Date, Time, Offset) switch
    {
        (not null, not null, not null) => TomlDateTimeKind.OffsetDateTime,
        (not null, not null, null) => TomlDateTimeKind.LocalDateTime,
        (not null, null, null) => TomlDateTimeKind.LocalDate,
        _ => TomlDateTimeKind.LocalTime,
    };

    public override string Kind => DateTimeKind switch
    {
        TomlDateTimeKind.OffsetDateTime => "an offset date-time",
        TomlDateTimeKind.LocalDateTime => "a local date-time",
        TomlDateTimeKind.LocalDate => "a local date",
        _ => "a local time",
    };
}
