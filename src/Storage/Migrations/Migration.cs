using System.Text.RegularExpressions;

namespace Tollgate.Storage.Migrations;

/// <summary>One numbered, restartable statement.</summary>
internal sealed partial record Migration(int Number, string Sql)
{
    /// <summary>Reads an embedded script: each statement stands under a line <c>-- 0007 why</c>.</summary>
    public static IReadOnlyList<Migration> Read(string script)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(script)
            ?? throw new InvalidOperationException($"The migration script {script} is not embedded.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var heads = Head().Matches(text);
        return
        [
            .. heads.Select((head, index) => new Migration(
                int.Parse(head.Groups[1].ValueSpan),
                text[head.Index..(index + 1 < heads.Count ? heads[index + 1].Index : text.Length)].Trim())),
        ];
    }

    [GeneratedRegex(@"^-- (\d{4})\b", RegexOptions.Multiline)]
    private static partial Regex Head();
}
