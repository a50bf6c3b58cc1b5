using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Gateway;

/// <summary>Which folder of the gateway knows which, by the types that signatures and bodies name.</summary>
internal static class StageArrows
{
    private const string Root = "Tollgate.Gateway";

    // Beside the folders: the words that every stage speaks (Exchange, Fault, RequestView, ...), and these, which put stages together.
    private static readonly HashSet<string> Composers = [$"{Root}.Exchange", $"{Root}.Pipeline", $"{Root}.GatewayModule"];
    private static readonly HashSet<string> Engines = [$"{Root}.Pipeline", $"{Root}.GatewayModule"];

    public static IEnumerable<Finding> Check(IReadOnlyCollection<CompiledType> types)
    {
        var folders = types.Where(type => !type.FullName.StartsWith('<'))
            .ToDictionary(type => type.FullName, type => Folder(type.Namespace));
        return
            from type in types
            where folders.ContainsKey(type.FullName)
            from target in type.Mentions.Concat(type.Methods.SelectMany(method => method.Mentions)).Distinct()
            where folders.ContainsKey(target)
            let names = (From: SourceNames.Type(type.FullName), To: SourceNames.Type(target))
            where !IsFine(names.From, folders[type.FullName], names.To, folders[target])
            let arrow = $"{folders[type.FullName] ?? names.From} -> {folders[target] ?? names.To}"
            select new Finding(arrow, $"{names.From} names {names.To}");
    }

    private static bool IsFine(string from, string? fromFolder, string to, string? toFolder) => (fromFolder, toFolder) switch
    {
        _ when fromFolder == toFolder => true,
        (null, not null) => Composers.Contains(from),
        (not null, null) => !Engines.Contains(to) || fromFolder == "Listen",
        _ => false,
    };

    // Tollgate.Gateway.Follow.Disk is a part of Follow; null is the root.
    private static string? Folder(string space) =>
        space.StartsWith(Root + ".", StringComparison.Ordinal) ? space[(Root.Length + 1)..].Split('.')[0] : null;
}
