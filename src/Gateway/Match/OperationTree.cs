using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Match;

/// <summary>The operations of one API as a trie over path segments.</summary>
/// <remarks>
/// The most specific operation wins, segment by segment from the left: literal, then pattern, then parameter, then wildcard. A branch that
/// has no operation for the method gives way to the next one (docs/adr/0011).
/// </remarks>
internal sealed class OperationTree
{
    private readonly OperationNode _root = new();

    private OperationTree()
    {
    }

    public static OperationTree Build(DeployedApi api)
    {
        if (api.Type == ApiTypes.WebSocket)
        {
            return OfTopics(api);
        }

        var tree = new OperationTree();
        foreach (var operation in api.Operations)
        {
            tree._root.Add(UriTemplate.Parse(operation.Target), Verb.Of(operation.Verb), Served(api, operation));
        }

        return tree;
    }

    // A topic is called by a handshake, which is a GET, for all that can be done with it.
    private static OperationTree OfTopics(DeployedApi api)
    {
        var tree = new OperationTree();
        foreach (var topic in api.Operations.GroupBy(operation => UriTemplate.Parse(operation.Target).Shape))
        {
            ServedOperation? served = null;
            foreach (var operation in topic)
            {
                served = Served(api, operation, served);
            }

            tree._root.Add(UriTemplate.Parse(served!.Target), Verb.Get, served);
        }

        return tree;
    }

    private static ServedOperation Served(DeployedApi api, DeployedOperation operation, ServedOperation? also = null) =>
        new(operation, $"{api.Context}/{api.Version}{operation.Target}:{operation.Verb}", also);

    /// <summary>The operation for the rest of a path behind the API's context, which is empty or starts with a slash.</summary>
    public ServedOperation? Find(ReadOnlySpan<byte> rest, int verb) => verb == Verb.Unknown ? null : _root.Find(Start(rest), verb);

    /// <summary>The methods that have an operation with this path; empty when none has.</summary>
    public string Allowed(ReadOnlySpan<byte> rest)
    {
        var allowed = "";
        for (var verb = 0; verb < Verb.Count; verb++)
        {
            if (_root.Find(Start(rest), verb) is not null)
            {
                allowed += (allowed.Length == 0 ? "" : ", ") + Verb.Name(verb);
            }
        }

        return allowed;
    }

    // Behind the context, nothing and a lone slash are the same resource.
    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> rest) => rest.IsEmpty ? "/"u8 : rest;
}
