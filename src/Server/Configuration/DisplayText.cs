using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tollgate.Server.Configuration;

/// <summary>Values as people may see them: on one line and without secrets.</summary>
internal static partial class DisplayText
{
    private const string Mask = "********";

    /// <summary>A value; an empty secret is shown as empty, because there is nothing to hide and a lot to notice.</summary>
    public static string Of(SettingValue value) => value switch
    {
        SettingText { Text: "" } => "\"\"",
        SettingText { IsSecret: true } => Mask,
        SettingText text => OneLine(WithoutPasswords(text.Text)),
        SettingList list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        SettingTable table => $"{{ {string.Join(", ", table.Entries.Select(entry => $"{entry.Key} = {Of(entry.Value)}"))} }}",
        _ => throw new InvalidOperationException($"No text for {value.GetType()}."),
    };

    /// <summary>Any value, as a complaint says what it found: 'abc', a list.</summary>
    public static string Found(SettingValue value) => value switch
    {
        SettingText { IsSecret: true } => Mask,
        SettingText text => $"'{WithoutPasswords(text.Text)}'",
        SettingList { HasTables: true } => "a list of tables",
        SettingList => "a list",
        _ => "a table",
    };

    /// <summary>The text with control characters, line ends among them, written as \uXXXX.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                line.Append(character);
            }
        }

        return line.ToString();
    }

    private static string WithoutPasswords(string text) => PasswordInText().Replace(text, Mask);

    /// <summary>Passwords of addresses (scheme://user:password@host) and of connection strings (password=...).</summary>
    [GeneratedRegex(@"(?<=://[^/?#\s:@]*:)\S+(?=@)|(?<=(^|[?&;,\s])(password|pwd|passwd)\s*=\s*)[^&;,\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInText();
}
