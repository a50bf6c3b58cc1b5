namespace Tollgate.Server.Configuration.Toml;

/// <summary>A place in a TOML text: line and column, both counted from 1, the column in characters (Unicode scalar values).</summary>
internal readonly record struct TomlPosition(int Line, int Column)
{
    public static readonly TomlPosition Start = new(1, 1);
}
