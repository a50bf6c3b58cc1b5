using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Compose;

/// <summary>Where the operations of a product come from: found in the APIs that a request names, and shown again.</summary>
internal sealed class ProductSources(ApiLookup lookup, ApiStore apis)
{
    /// <summary>The APIs that a request names, with their operations as they are now.</summary>
    public async Task<IReadOnlyList<ProductPart>> FindAsync(Caller caller, IReadOnlyList<ProductApi> wanted)
    {
        List<ProductPart> parts = [];
        foreach (var part in wanted)
        {
            var api = await lookup.NeedAsync(caller, part.ApiId);
            parts.Add(new ProductPart(api, await apis.ContentAsync(api.Id), part.Operations));
        }

        return parts;
    }

    /// <summary>The operations that are taken, each with the backend behind it; and the scopes they ask for.</summary>
    public static (IReadOnlyList<Operation> Operations, IReadOnlyList<ApiScope> Scopes) Take(IReadOnlyList<ProductPart> parts)
    {
        List<Operation> operations = [];
        List<ApiScope> scopes = [];
        foreach (var (api, content, wanted) in parts)
        {
            var taken = Take(api, content.Operations, wanted);
            operations.AddRange(taken);
            var used = taken.SelectMany(operation => operation.Scopes).ToHashSet(StringComparer.Ordinal);
            scopes.AddRange(api.Design.Scopes.Where(entry => used.Contains(entry.Scope.Name)));
        }

        return operations.Count > 0
            ? (operations, [.. scopes.DistinctBy(entry => entry.Scope.Name)])
            : throw Refusal.BadRequest("An API product is made of operations; name at least one API with one operation in 'apis'.");
    }

    /// <summary>The product with its parts under the names of their APIs.</summary>
    public async Task<ProductResource> ShowAsync(Api product, ApiContent content)
    {
        var parts = content.Operations.Where(operation => operation.Source is not null).GroupBy(operation => operation.Source!.ApiId).ToList();
        var sources = await apis.FindAsync([.. parts.Select(part => part.Key)]);
        var used = content.Operations.SelectMany(operation => operation.Scopes).ToHashSet(StringComparer.Ordinal);
        return ProductResource.Of(
            product,
            [
                .. parts.Select(part => new ProductApi
                {
                    ApiId = part.Key,
                    Name = sources.GetValueOrDefault(part.Key)?.Name,
                    Version = sources.GetValueOrDefault(part.Key)?.Version,
                    Operations = [.. part.Select(operation => operation with { Source = null })],
                }),
            ],
            [
                .. sources.Values.SelectMany(api => api.Design.Scopes).Where(entry => used.Contains(entry.Scope.Name))
                    .DistinctBy(entry => entry.Scope.Name),
            ]);
    }

    /// <summary>True when an API changed what the product took from it.</summary>
    public async Task<bool> IsOutdatedAsync(ApiContent product)
    {
        foreach (var part in product.Operations.Where(operation => operation.Source is not null).GroupBy(operation => operation.Source!.ApiId))
        {
            if (!(await apis.FindAsync([part.Key])).TryGetValue(part.Key, out var api))
            {
                return true;
            }

            var current = (await apis.ContentAsync(api.Id)).Operations;
            if (part.Any(operation => Same(current, operation) is not { } now
                || FieldChanges.Between(Sourced(api, now), operation).Count > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static List<Operation> Take(Api api, IReadOnlyList<Operation> offered, IReadOnlyList<Operation>? wanted)
    {
        if (api.State == LifecycleState.Retired || !Endpoints.Of(api.Design).Any)
        {
            throw Refusal.BadRequest($"The API '{api.Name}' {api.Version} is retired or has no endpoint; a product cannot use it.", 903223);
        }

        if (api.Design.Type == ApiTypes.WebSocket)
        {
            throw Refusal.BadRequest($"The API '{api.Name}' {api.Version} is a WebSocket API; a product is made of HTTP operations.");
        }

        return
        [
            .. (wanted ?? offered).Select(operation => Sourced(api, Same(offered, operation) ?? throw Refusal.BadRequest(
                $"The API '{api.Name}' {api.Version} has no operation {operation.Verb} {operation.Target}."))),
        ];
    }

    private static Operation? Same(IReadOnlyList<Operation> operations, Operation wanted) => operations.FirstOrDefault(
        operation => operation.Target == wanted.Target && operation.Verb.Equals(wanted.Verb, StringComparison.OrdinalIgnoreCase));

    private static Operation Sourced(Api api, Operation operation)
    {
        var endpoints = Endpoints.Of(api.Design);
        return operation with { Kept = null, Source = new OperationSource(api.Id, endpoints.Production, endpoints.Sandbox) };
    }
}

/// <summary>An API that a product is made of, and what the product wants of it; null wants all.</summary>
internal sealed record ProductPart(Api Api, ApiContent Content, IReadOnlyList<Operation>? Wanted)
{
    public string Definition => Content.Definition;
}
