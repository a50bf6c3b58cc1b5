namespace Tollgate.Server.Configuration.Toml;

/// <summary>A value read from a TOML text, with the place it was read from.</summary>
internal abstract class TomlValue(TomlPosition position)
{
    public int Line => Position.Line;

    public int Column => Position.Column;

    /// <summary>The type with its article, to be put into messages: "an integer".</summary>
    public abstract string Kind { get; }

    protected TomlPosition Position { get; set; } = position;
}

/// <summary>A string, whichever of the four notations it was written in.</summary>
internal sealed class TomlString(string value, TomlPosition position) : TomlValue(position)
{
    public string Value { get; } = value;

    public override string Kind => "a string";
}

/// <summary>An integer of 64 bits, whichever radix it was written in.</summary>
internal sealed class TomlInteger(long value, TomlPosition position) : TomlValue(position)
{
    public long Value { get; } = value;

    public override string Kind => "an integer";
}

/// <summary>A floating-point number, possibly infinite or not a number.</summary>
internal sealed class TomlFloat(double value, TomlPosition position) : TomlValue(position)
{
    public double Value { get; } = value;

    public override string Kind => "a float";
}

/// <summary>A boolean.</summary>
internal sealed class TomlBoolean(bool value, TomlPosition position) : TomlValue(position)
{
    public bool Value { get; } = value;

    public override string Kind => "a boolean";
}
