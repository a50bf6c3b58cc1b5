namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads values and key/value pairs, and with them what nests: arrays and inline tables.</summary>
internal sealed class TomlValueReader(TomlCursor cursor)
{
    /// <summary>How many names and brackets may lead to a value; bounds the stack here and in whatever walks the result.</summary>
    /// <remarks>An array of tables made by headers counts as one level together with its table.</remarks>
    public const int MaxDepth = 100;

    /// <summary>Reads <c>key = value</c> into <paramref name="table"/>, which is itself <paramref name="depth"/> names deep.</summary>
    public void ReadPair(TomlTable table, int depth)
    {
        var names = TomlKeyReader.Read(cursor);
        depth = Deepen(depth, names.Count, names[0].Position);
        cursor.Expect('=', "'=' after the key");
        var owner = TomlTableRules.OpenForKey(table, names);
        cursor.SkipBlanks();
        owner.Add(names[^1].Name, ReadValue(depth));
    }

    /// <summary>The depth that <paramref name="levels"/> more names or brackets lead to.</summary>
    public static int Deepen(int depth, int levels, TomlPosition position) =>
        depth + levels <= MaxDepth
            ? depth + levels
            : throw new TomlException(position, $"nested more than {MaxDepth} levels deep");

    private TomlValue ReadValue(int depth)
    {
        var start = cursor.Position;
        return cursor.Peek() switch
        {
            '"' or '\'' => new TomlString(TomlStringReader.Read(cursor), start),
            '[' => ReadArray(Deepen(depth, 1, start)),
            '{' => ReadInlineTable(depth),
            't' or 'f' => ReadBoolean(),
            'i' or 'n' => TomlNumberReader.ReadSpecial(cursor, negative: false, start),
            '+' or '-' => TomlNumberReader.Read(cursor),
            >= '0' and <= '9' => TomlDateTimeReader.IsAt(cursor) ? TomlDateTimeReader.Read(cursor) : TomlNumberReader.Read(cursor),
            _ => throw cursor.Expected("a value"),
        };
    }

    private TomlBoolean ReadBoolean()
    {
        var start = cursor.Position;
        return cursor.TakeWord() switch
        {
            "true" => new TomlBoolean(true, start),
            "false" => new TomlBoolean(false, start),
            _ => throw new TomlException(start, "expected true or false; other text needs quotes"),
        };
    }

    private TomlArray ReadArray(int depth)
    {
        var start = cursor.Position;
        List<TomlValue> items = [];
        cursor.Take();
        cursor.SkipLines();
        while (!cursor.TryTake(']'))
        {
            items.Add(ReadValue(depth));
            cursor.SkipLines();
            if (cursor.Peek() != ']')
            {
                cursor.Expect(',', "',' or ']' in the array");
                cursor.SkipLines();
            }
        }

        return TomlArray.Of(items, start);
    }

    /// <summary>TOML 1.0 wants the whole table on one line, but for newlines within its values, and no comma after the last pair.</summary>
    private TomlTable ReadInlineTable(int depth)
    {
        var table = new TomlTable(TomlTableOrigin.Inline, cursor.Position);
        cursor.Take();
        cursor.SkipBlanks();
        if (cursor.TryTake('}'))
        {
            return table;
        }

        do
        {
            ReadPair(table, depth);
            cursor.SkipBlanks();
        }
        while (cursor.TryTake(','));
        cursor.Expect('}', "',' or '}' in the inline table");
        return table;
    }
}
