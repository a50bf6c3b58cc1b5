using System.Text;

namespace Tollgate.Server.Configuration;

/// <summary>Writes the reference page: all keys of options records in Markdown.</summary>
internal static class ConfigurationReference
{
    public static string Render(IEnumerable<Type> options)
    {
        var page = new StringBuilder("# Configuration keys\n");
        AddGroups(page, DeclaredTable.Of(options).Settings, "");
        return page.ToString();
    }

    private static void AddGroups(StringBuilder page, IEnumerable<DeclaredSetting> settings, string prefix)
    {
        var groups = settings.GroupBy(setting => Heading(setting, prefix));
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## `{group.Key}`\n");
            if (group.First() is { Element: { } element } list)
            {
                page.Append($"\n{list.Option.Setting.Meaning}\n");
                AddTable(page, element.Settings.Where(setting => setting.Element is null));
                AddGroups(page, element.Settings.Where(setting => setting.Element is not null), $"{prefix}{list.Key}.");
            }
            else
            {
                AddTable(page, group);
            }
        }
    }

    /// <summary>A list of tables stands by itself; any other key under the first two names before its own, if it has as many.</summary>
    private static string Heading(DeclaredSetting setting, string prefix) => setting.Element is not null
        ? $"[[{prefix}{setting.Key}]]"
        : $"[{string.Join('.', setting.Key.Split('.')[..^1].Take(2))}]";

    private static void AddTable(StringBuilder page, IEnumerable<DeclaredSetting> settings)
    {
        page.Append("\n| key | value | default | meaning | other names |\n|---|---|---|---|---|\n");
        foreach (var setting in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            var initial = setting.Default is null ? "" : $"`{setting.Default}`";
            var aliases = string.Join(", ", setting.Aliases.Select(alias => $"`{alias}`"));
            string[] cells = [$"`{setting.Key}`", TypeOf(setting.Option), initial, setting.Option.Setting.Meaning, aliases];
            page.Append($"| {string.Join(" | ", cells.Select(Cell))} |\n");
        }
    }

    private static string TypeOf(OptionProperty option)
    {
        var unit = option.Setting.Unit;
        var type = option.ItemType is { } item
            ? $"a list, each {TextConversion.Expected(item, unit, option.Range)}"
            : TextConversion.Expected(option.Type, unit, option.Range);
        return option.Setting.Secret ? $"{type}; secret" : type;
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
