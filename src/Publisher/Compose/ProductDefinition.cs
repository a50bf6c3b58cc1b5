using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Publisher.Compose;

/// <summary>The definition of a product: what the definitions of its APIs say about the operations that it takes.</summary>
internal static class ProductDefinition
{
    /// <summary>One document with everything that the operations refer to; where two APIs use one name for two things, one is renamed.</summary>
    public static string Compose(
        Api product, IReadOnlyList<ProductPart> parts, IReadOnlyList<Operation> operations, IReadOnlyList<ApiScope> scopes)
    {
        IReadOnlyList<Operation> plain = [.. operations.Select(operation => operation with { Source = null })];
        IReadOnlyList<Scope> declared = [.. scopes.Select(entry => entry.Scope)];
        var root = StoredDefinition.Read(DefinitionWriter.Create(product.Name, product.Version, product.Design.Description, [], []));
        root["paths"] = new JsonObject();
        foreach (var part in parts)
        {
            var source = StoredDefinition.Read(part.Definition);
            root["openapi"] = Newer((string)root["openapi"]!, (string?)source["openapi"]);
            var taken = operations.Where(operation => operation.Source?.ApiId == part.Api.Id);
            if (!new PartCopy(root, source, part.Api.Name).Copy(taken))
            {
                // Something refers to a place that the product does not have: better a short definition than a broken one.
                return DefinitionWriter.Create(product.Name, product.Version, product.Design.Description, plain, declared);
            }
        }

        return DefinitionWriter.Update(StoredDefinition.Write(root), plain, declared);
    }

    /// <summary>The definition of another version of the same product.</summary>
    public static string OfVersion(string definition, string version)
    {
        var root = StoredDefinition.Read(definition);
        root["info"]!["version"] = version;
        return StoredDefinition.Write(root);
    }

    // A document of 3.1 may say what one of 3.0 cannot.
    private static string Newer(string one, string? other) => string.CompareOrdinal(one, other) >= 0 ? one : other!;
}
