using Tollgate.Model;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Permit;

/// <summary>A shared scope as the REST contract shows it.</summary>
internal sealed record SharedScopeResource
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Bindings { get; init; } = [];

    public int UsageCount { get; init; }

    public static SharedScopeResource Of(SharedScope shared) => new()
    {
        Id = shared.Scope.Id,
        Name = shared.Scope.Name,
        DisplayName = shared.Scope.DisplayName ?? shared.Scope.Name,
        Description = shared.Scope.Description,
        Bindings = shared.Scope.Bindings,
        UsageCount = shared.Uses,
    };
}

/// <summary>Which APIs ask for a shared scope, and where.</summary>
internal sealed record SharedScopeUsage(string Id, string Name, IReadOnlyList<ScopeUser> UsedApiList);

/// <summary>An API that asks for a shared scope.</summary>
internal sealed record ScopeUser(string Name, string Context, string Version, string Provider, IReadOnlyList<ScopedOperation> UsedResourceList)
{
    public static ScopeUser Of(Api api, ApiContent content, string scope) => new(
        api.Name, api.ServedContext, api.Version, api.Provider,
        [
            .. content.Operations.Where(operation => operation.Scopes.Contains(scope))
                .Select(operation => new ScopedOperation(operation.Target, operation.Verb)),
        ]);
}

/// <summary>An operation that asks for a shared scope.</summary>
internal sealed record ScopedOperation(string Target, string Verb);
