namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads bare, quoted and dotted keys (TOML 1.0, Keys).</summary>
internal static class TomlKeyReader
{
    /// <summary>The names of a key in order; a key that is not dotted has one.</summary>
    public static List<TomlKey> Read(TomlCursor cursor)
    {
        List<TomlKey> names = [];
        do
        {
            cursor.SkipBlanks();
            names.Add(new TomlKey(Position: cursor.Position, Name: ReadName(cursor)));
            cursor.SkipBlanks();
        }
        while (cursor.TryTake('.'));
        return names;
    }

    private static string ReadName(TomlCursor cursor) =>
        cursor.Peek() is '"' or '\'' ? TomlStringReader.ReadName(cursor) : ReadBare(cursor);

    private static string ReadBare(TomlCursor cursor)
    {
        var name = cursor.TakeWord();
        return name.Length > 0 ? name : throw cursor.Expected("a key");
    }
}
