using Tollgate.Model;
using Tollgate.Publisher.Compose;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Transfer;

/// <summary>Brings an archived API product in, with its APIs if that is asked for: all in one transaction, or nothing.</summary>
internal sealed class ImportProduct(ApiLookup lookup, ApiStore apis, ImportApi importApi, MakeProduct make, ImportRules rules)
{
    /// <param name="caller">Who imports.</param>
    /// <param name="archived">What the archive holds.</param>
    /// <param name="ofProduct">How the product is to be imported.</param>
    /// <param name="ofApis">How its APIs are to be imported; null takes those that are here.</param>
    public async Task RunAsync(Caller caller, ArchivedProduct archived, ImportRequest ofProduct, ImportRequest? ofApis)
    {
        var imports = ofApis is null ? [] : await ApisAsync(caller, archived, ofApis);
        var wanted = archived.Product;
        var stored = await importApi.StoredAsync(caller, wanted.Name, wanted.Version ?? ProductResource.DefaultVersion, ofProduct);
        stored = stored is null ? null : await lookup.NeedProductAsync(caller, stored.Id);
        List<ProductPart> parts = [];
        foreach (var part in wanted.Apis)
        {
            parts.Add(await PartAsync(caller, part, imports));
        }

        var made = stored is null
            ? await make.PrepareAsync(caller, wanted, parts)
            : await make.PrepareAsync(caller, stored, wanted, parts);
        var with = new ArchivedParts(archived.Documents, archived.Icon, archived.Deployments);
        imports.Add(await rules.CompleteAsync(caller, made, stored, wanted.State, wanted.Provider, with, ofProduct));
        await rules.SaveAsync(imports);
    }

    // An API that is here already is left alone unless it is to be changed.
    private async Task<List<ApiImport>> ApisAsync(Caller caller, ArchivedProduct archived, ImportRequest request)
    {
        List<ApiImport> imports = [];
        foreach (var api in archived.Apis)
        {
            if (request.Overwrite || await FindAsync(caller, api.Api.Name, api.Api.Version) is null)
            {
                imports.Add(await importApi.PrepareAsync(caller, api, request));
            }
        }

        return imports;
    }

    // The archive's ids are those of another system: an API is known by name and version.
    private async Task<ProductPart> PartAsync(Caller caller, ProductApi part, List<ApiImport> imports)
    {
        var imported = imports.FirstOrDefault(
            import => import.Api.Name.Equals(part.Name, StringComparison.OrdinalIgnoreCase) && import.Api.Version == part.Version);
        if (imported is not null)
        {
            return new ProductPart(imported.Api, imported.Content, part.Operations);
        }

        var stored = await FindAsync(caller, part.Name, part.Version) ?? throw Refusal.BadRequest(
            $"The product is made of '{part.Name}' {part.Version}, which is not here. Import it too (importAPIs=true).", 900308);
        var api = await lookup.NeedAsync(caller, stored.Id);
        return new ProductPart(api, await apis.ContentAsync(api.Id), part.Operations);
    }

    private Task<Api?> FindAsync(Caller caller, string? name, string? version) =>
        apis.FindAsync(caller.Organization, ApiName.Check(name), ApiName.CheckVersion(version));
}
