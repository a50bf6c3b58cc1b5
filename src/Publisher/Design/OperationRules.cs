using Tollgate.Model;

namespace Tollgate.Publisher.Design;

/// <summary>The rules of an API's operations.</summary>
internal sealed class OperationRules(DesignRules design)
{
    private const int MaxOperations = 5_000;

    // What clients do with a topic: receive from it, send to it.
    private static readonly IReadOnlyList<string> TopicVerbs = ["SUBSCRIBE", "PUBLISH"];

    private static readonly IReadOnlyList<string> Verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    /// <summary>What an API without operations of its own gets: everything below its context.</summary>
    private static readonly IReadOnlyList<Operation> Wildcard =
        Everything(["GET", "POST", "PUT", "DELETE", "PATCH"]);

    private static readonly IReadOnlyList<Operation> AllTopics = Everything(TopicVerbs);

    /// <summary>The operations with canonical verbs and policy names, or a refusal that says what to change.</summary>
    public async Task<IReadOnlyList<Operation>> CheckAsync(string organization, IReadOnlyList<Operation> operations, ApiDesign api)
    {
        var isWebSocket = api.Type == ApiTypes.WebSocket;
        if (operations.Count == 0)
        {
            return isWebSocket ? AllTopics : Wildcard;
        }

        if (operations.Count > MaxOperations)
        {
            throw Refusal.BadRequest($"The API has {operations.Count} operations; at most {MaxOperations} are allowed.");
        }

        var policies = operations.Select(operation => operation.ThrottlingPolicy).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var named = (await design.NamedAsync(organization, PolicyKind.Advanced, policies)).ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        var known = api.Scopes.Select(entry => entry.Scope.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<(string Verb, string Shape)>();
        var verbs = isWebSocket ? TopicVerbs : Verbs;
        return [.. operations.Select(operation => Check(operation, verbs, known, seen) with { ThrottlingPolicy = named[operation.ThrottlingPolicy] })];
    }

    private static IReadOnlyList<Operation> Everything(IReadOnlyList<string> verbs) =>
        [.. verbs.Select(verb => new Operation { Target = "/*", Verb = verb })];

    private static Operation Check(
        Operation operation, IReadOnlyList<string> verbs, HashSet<string> scopes, HashSet<(string Verb, string Shape)> seen)
    {
        ContractFields.Check(operation);
        if (operation.Source is not null)
        {
            throw Refusal.BadRequest("An operation has no field 'source'.");
        }

        var verb = operation.Verb.ToUpperInvariant();
        if (!verbs.Contains(verb))
        {
            throw Refusal.BadRequest($"The operation '{operation.Verb} {operation.Target}' has no known verb; use one of {string.Join(", ", verbs)}.");
        }

        if (!seen.Add((verb, UriTemplate.Parse(operation.Target).Shape)))
        {
            throw Refusal.BadRequest($"Two operations match the same calls: {verb} {operation.Target}.");
        }

        if (!AuthTypes.All.Contains(operation.AuthType))
        {
            throw Refusal.BadRequest($"authType '{operation.AuthType}' is none of {string.Join(", ", AuthTypes.All)}.");
        }

        return operation.Scopes.FirstOrDefault(scope => !scopes.Contains(scope)) is { } unknown
            ? throw Refusal.BadRequest($"The operation {verb} {operation.Target} asks for the scope '{unknown}', which the API does not declare.", 900982)
            : operation with { Verb = verb, Kept = null };
    }
}
