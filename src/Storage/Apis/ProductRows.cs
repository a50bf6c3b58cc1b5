using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>Which APIs a product is made of, so that what it uses does not go away.</summary>
internal static class ProductRows
{
    public static async Task ReplaceAsync(Transaction db, Api api, IReadOnlyList<Operation> operations)
    {
        await db.ExecuteAsync("DELETE FROM product_apis WHERE product_id = @Id", new { api.Id });
        foreach (var source in operations.Select(operation => operation.Source?.ApiId).OfType<string>().Distinct())
        {
            await ApiParts.HoldAsync(db, source);
            await db.ExecuteAsync("INSERT INTO product_apis (product_id, api_id) VALUES (@Id, @source)", new { api.Id, source });
        }
    }

    /// <summary>An API that a product is made of stays.</summary>
    public static async Task RefuseUsedAsync(Transaction db, Api api)
    {
        var product = await db.FirstAsync<string>(
            "SELECT a.name FROM product_apis p JOIN apis a ON a.id = p.product_id WHERE p.api_id = @Id", new { api.Id });
        if (product is not null)
        {
            throw Refusal.Conflict(
                409, "API in use", $"The API product '{product}' uses operations of this API. Take them out of the product before you delete the API.");
        }
    }

    /// <summary>Operations that a product uses stay.</summary>
    public static async Task RefuseLostAsync(Transaction db, Api api, IReadOnlyList<Operation> operations)
    {
        var products = await db.ListAsync<UseRow>(
            """
            SELECT a.name, c.operations FROM product_apis p JOIN apis a ON a.id = p.product_id JOIN api_contents c ON c.api_id = p.product_id
            WHERE p.api_id = @Id
            """,
            new { api.Id });
        if (products.Count == 0)
        {
            return;
        }

        var left = operations.Select(operation => (operation.Verb, operation.Target)).ToHashSet();
        foreach (var product in products)
        {
            var lost = ModelJson.Read<IReadOnlyList<Operation>>(product.Operations)
                .FirstOrDefault(used => used.Source?.ApiId == api.Id && !left.Contains((used.Verb, used.Target)));
            if (lost is not null)
            {
                throw Refusal.Conflict(
                    409, "Operation in use", $"The API product '{product.Name}' uses {lost.Verb} {lost.Target}. Take it out of the product first.");
            }
        }
    }

    private sealed record UseRow
    {
        public string Name { get; init; } = "";

        public string Operations { get; init; } = "";
    }
}
