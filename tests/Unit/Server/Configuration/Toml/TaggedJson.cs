using System.Globalization;
using System.Text.Json;
using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>Compares what was read with toml-test's JSON, where a scalar is written <c>{"type": "integer", "value": "1"}</c>.</summary>
internal static class TaggedJson
{
    public static void AssertEqual(JsonElement expected, TomlValue actual, string path)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            var array = Assert.IsType<TomlArray>(actual);
            Assert.True(expected.GetArrayLength() == array.Items.Count, $"{path} has {array.Items.Count} items");
            foreach (var (index, item) in expected.EnumerateArray().Index())
            {
                AssertEqual(item, array.Items[index], $"{path}[{index}]");
            }
        }
        else if (IsScalar(expected))
        {
            var wanted = Scalar(expected.GetProperty("type").GetString()!, expected.GetProperty("value").GetString()!);
            Assert.True(wanted.Equals(Scalar(actual)), $"{path}: expected {wanted}, read {Scalar(actual)}");
        }
        else
        {
            var table = Assert.IsType<TomlTable>(actual);
            Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name).Order(), table.Entries.Select(entry => entry.Key).Order());
            foreach (var entry in table.Entries)
            {
                AssertEqual(expected.GetProperty(entry.Key), entry.Value, $"{path}.{entry.Key}");
            }
        }
    }

    /// <summary>A table may have keys of these names too, but then their values are objects.</summary>
    private static bool IsScalar(JsonElement json) =>
        json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && json.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String;

    private static object Scalar(TomlValue actual) => actual switch
    {
        TomlString value => ("string", value.Value),
        TomlInteger value => ("integer", value.Value),
        TomlFloat value => ("float", Bits(value.Value)),
        TomlBoolean value => ("bool", value.Value),
        TomlDateTime value => Parts(value.DateTimeKind, value.Date, value.Time, value.Offset),
        _ => actual.Kind,
    };

    private static object Scalar(string type, string text) => type switch
    {
        "string" => (type, text),
        "integer" => (type, long.Parse(text, CultureInfo.InvariantCulture)),
        "float" => (type, Bits(ParseFloat(text))),
        "bool" => (type, bool.Parse(text)),
        "datetime" => OffsetDateTime(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
        "datetime-local" => LocalDateTime(DateTime.Parse(text, CultureInfo.InvariantCulture)),
        "date-local" => Parts(TomlDateTimeKind.LocalDate, DateOnly.Parse(text, CultureInfo.InvariantCulture), null, null),
        "time-local" => Parts(TomlDateTimeKind.LocalTime, null, TimeOnly.Parse(text, CultureInfo.InvariantCulture), null),
        _ => throw new InvalidDataException($"unknown type '{type}'"),
    };

    /// <summary>Negative zero differs from zero, and not-a-number equals itself, whatever its payload.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static double ParseFloat(string text) => text.TrimStart('+', '-') switch
    {
        "inf" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static object OffsetDateTime(DateTimeOffset value) =>
        Parts(TomlDateTimeKind.OffsetDateTime, DateOnly.FromDateTime(value.DateTime), TimeOnly.FromDateTime(value.DateTime), value.Offset);

    private static object LocalDateTime(DateTime value) =>
        Parts(TomlDateTimeKind.LocalDateTime, DateOnly.FromDateTime(value), TimeOnly.FromDateTime(value), null);

    private static object Parts(TomlDateTimeKind kind, DateOnly? date, TimeOnly? time, TimeSpan? offset) => (kind, date, time, offset);
}
