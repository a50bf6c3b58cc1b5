namespace Tollgate.Architecture.Assemblies;

/// <summary>
/// Which assembly may reference which, as the section "Assemblies and arrows" of docs/architecture.md says. Actors never reference each
/// other; they meet in a stored row, a runtime change, an event, or HTTP.
/// </summary>
internal static class AssemblyArrows
{
    public const string Remedy =
        "This arrow is not in the design. Move the code to where it belongs, or let the two assemblies meet in a stored row, a runtime "
        + "change, an event, or HTTP. A new assembly or arrow is an ADR and a line in AssemblyArrows.Allowed.";

    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Model"] = [],
        ["Security"] = ["Model"],
        ["Storage"] = ["Model", "Security"],
        ["Storage.MySql"] = ["Storage"], // ADR 0019
        ["Eventing"] = ["Model"],
        ["SignIn"] = ["Model", "Security", "Storage", "Web"],
        ["Web"] = ["Model"], // ADR 0009
        ["Publisher"] = ["Model", "Security", "Storage", "Eventing", "SignIn", "Web"],
        ["DevPortal"] = ["Model", "Security", "Storage", "Eventing", "SignIn", "Web"],
        ["Admin"] = ["Model", "Security", "Storage", "Eventing", "SignIn", "Web"],
        ["KeyManager"] = ["Model", "Security", "Storage", "Eventing", "SignIn", "Web"],
        ["Sync"] = ["Model", "Security", "Storage", "Eventing", "SignIn"],
        ["Gateway"] = ["Model", "Security", "Eventing"],
        ["TrafficManager"] = ["Model", "Security", "Storage", "Eventing"],
        ["Server"] =
        [
            "Model", "Security", "Storage", "Storage.MySql", "Eventing", "SignIn", "Web", "Publisher", "DevPortal", "Admin", "KeyManager", "Sync",
            "Gateway", "TrafficManager",
        ],
        ["Cli"] = ["Model"],
        ["Tollgate"] = ["Server", "Cli"],
    };

    public static IEnumerable<Finding> Check(string assembly, IEnumerable<string> references) =>
        Allowed.TryGetValue(assembly, out var allowed)
            ? from target in references.Except(allowed)
              select new Finding($"{assembly} -> {target}", $"{assembly} may reference {Join(allowed)}")
            : [new Finding(assembly, "is not an assembly of the design")];

    private static string Join(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);
}
