using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Gateway;

/// <summary>What every call runs through neither queries, captures nor waits for another thread.</summary>
internal static class HotPath
{
    private static readonly string[] Namespaces =
    [
        "Tollgate.Gateway", "Tollgate.Gateway.Match", "Tollgate.Gateway.Cors", "Tollgate.Gateway.Authenticate", "Tollgate.Gateway.Authorize",
        "Tollgate.Gateway.Throttle",
    ];

    public static IEnumerable<CompiledMethod> Of(CompiledAssembly gateway) =>
        from type in gateway.Types
        where Namespaces.Contains(type.Namespace)
        from method in type.Methods
        where method.Lines is not null
        select method;

    public static IEnumerable<Finding> Check(CompiledMethod method) =>
        from use in method.Uses
        let problem = Problem(use)
        where problem is not null
        select new Finding(method.FullName, problem);

    private static string? Problem(MemberUse use) => use switch
    {
        { Type: "System.Linq.Enumerable" } => $"uses LINQ ({use.Member})",
        { Member: ".ctor" } when SourceNames.IsClosure(use.Type) => "captures variables in a lambda",
        { Type: "System.Threading.Monitor" or "System.Threading.Lock", Member: "Enter" or "TryEnter" or "EnterScope" } => "takes a lock",
        _ => null,
    };
}
