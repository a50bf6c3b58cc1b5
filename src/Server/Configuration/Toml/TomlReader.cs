using System.Text.Unicode;

namespace Tollgate.Server.Configuration.Toml;

/// <summary>Reads TOML 1.0.0, strictly: what that specification does not allow is refused, later versions' extensions included.</summary>
internal static class TomlReader
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads the bytes of a file: UTF-8, with or without a byte order mark.</summary>
    public static TomlTable Read(ReadOnlySpan<byte> utf8)
    {
        var buffer = new char[utf8.Length];
        Utf8.ToUtf16(utf8, buffer, out var bytesRead, out var charsWritten, replaceInvalidSequences: false);
        var text = new string(buffer, 0, charsWritten);
        return bytesRead == utf8.Length ? Read(text) : throw InvalidAfter(text);
    }

    public static TomlTable Read(string text)
    {
        var cursor = CursorOver(text);
        var values = new TomlValueReader(cursor);
        var root = new TomlTable(TomlTableOrigin.Header, TomlPosition.Start);
        var (section, depth) = (root, 0);
        for (cursor.SkipLines(); !cursor.AtEnd; cursor.SkipLines())
        {
            if (cursor.Peek() == '[')
            {
                (section, depth) = ReadHeader(cursor, root);
            }
            else
            {
                values.ReadPair(section, depth);
            }

            cursor.ExpectLineEnd();
        }

        return root;
    }

    private static (TomlTable Section, int Depth) ReadHeader(TomlCursor cursor, TomlTable root)
    {
        var start = cursor.Position;
        cursor.Take();
        var ofArray = cursor.TryTake('[');
        var names = TomlKeyReader.Read(cursor);
        cursor.Expect(']', "']' after the table's name");
        if (ofArray)
        {
            cursor.Expect(']', "']]' after the name of an array of tables");
        }

        var depth = TomlValueReader.Deepen(0, names.Count, start);
        return (ofArray ? TomlTableRules.OpenArrayHeader(root, names) : TomlTableRules.OpenHeader(root, names), depth);
    }

    private static TomlCursor CursorOver(string text) => new(text.StartsWith(ByteOrderMark) ? text[1..] : text);

    private static TomlException InvalidAfter(string valid)
    {
        var cursor = CursorOver(valid);
        while (!cursor.AtEnd)
        {
            cursor.Take();
        }

        return cursor.Fail("the bytes here are not valid UTF-8");
    }
}
