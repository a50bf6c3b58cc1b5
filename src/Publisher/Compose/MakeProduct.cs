using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.Storage;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Compose;

/// <summary>Makes API products, changes them, and makes new versions of them. A product is an API whose operations are other APIs'.</summary>
internal sealed class MakeProduct(
    ApiStore apis, VersionStore versions, ProductSources sources, DesignRules designRules,
    OperationRules operationRules, AccessControl access, KeptOffer offer, TimeProvider time)
{
    public async Task<(Api Product, ApiContent Content)> CreateAsync(Caller caller, ProductResource wanted)
    {
        var made = await PrepareAsync(caller, wanted, await sources.FindAsync(caller, wanted.Apis));
        try
        {
            await apis.CreateAsync(made.Product, made.Content);
            return made;
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900300, "API exists", $"'{made.Product.Name}', or its context, was created by someone else just now.");
        }
    }

    /// <summary>The same without saving it.</summary>
    public async Task<(Api Product, ApiContent Content)> PrepareAsync(Caller caller, ProductResource wanted, IReadOnlyList<ProductPart> parts)
    {
        var (design, operations, scopes) = await CheckAsync(caller, wanted, parts);
        var version = ApiName.CheckVersion(wanted.Version ?? ProductResource.DefaultVersion);
        var product = New(caller, ApiName.Check(wanted.Name), version, ApiContext.Check(wanted.Context), design, wanted.IsDefaultVersion);
        return (product, new ApiContent(operations, ProductDefinition.Compose(product, parts, operations, scopes)));
    }

    public async Task<(Api Product, ApiContent Content)> UpdateAsync(Caller caller, Api stored, ProductResource wanted)
    {
        var (changed, content) = await PrepareAsync(caller, stored, wanted, await sources.FindAsync(caller, wanted.Apis));
        await apis.UpdateAsync(changed, content);
        return (changed with { RowVersion = stored.RowVersion + 1 }, content);
    }

    /// <summary>The same without saving it.</summary>
    public async Task<(Api Product, ApiContent Content)> PrepareAsync(
        Caller caller, Api stored, ProductResource wanted, IReadOnlyList<ProductPart> parts)
    {
        if ((wanted.Version is not null && wanted.Version != stored.Version)
            || (wanted.Context is not null && ApiContext.Check(wanted.Context) != stored.Context))
        {
            throw Refusal.BadRequest("Version and context of an API product cannot be changed; create a new version instead.", 900346);
        }

        var (design, operations, scopes) = await CheckAsync(caller, wanted, parts);
        await offer.RefuseLossAsync(stored, design);
        var changed = stored with
        {
            Design = design,
            IsDefaultVersion = wanted.IsDefaultVersion,
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
        };
        return (changed, new ApiContent(operations, ProductDefinition.Compose(changed, parts, operations, scopes)));
    }

    /// <summary>A new version with the same design, operations, documents and icon.</summary>
    public async Task<(Api Product, ApiContent Content)> CopyAsync(Caller caller, Api stored, string newVersion, bool isDefault)
    {
        var copy = New(caller, stored.Name, ApiName.CheckVersion(newVersion), stored.Context, stored.Design, isDefault);
        var before = await apis.ContentAsync(stored.Id);
        var content = before with { Definition = ProductDefinition.OfVersion(before.Definition, copy.Version) };
        await versions.CreateAsync(copy, content, stored.Id);
        return (copy with { HasThumbnail = stored.HasThumbnail }, content);
    }

    private async Task<(ApiDesign Design, IReadOnlyList<Operation> Operations, IReadOnlyList<ApiScope> Scopes)> CheckAsync(
        Caller caller, ProductResource wanted, IReadOnlyList<ProductPart> parts)
    {
        var (found, scopes) = ProductSources.Take(parts);
        var design = await designRules.CheckAsync(caller.Organization, wanted.ToDesign());
        access.RefuseLockout(caller, design);
        var operations = await operationRules.CheckAsync(
            caller.Organization, [.. found.Select(operation => operation with { Source = null })], design with { Scopes = scopes });
        return (
            design with { Type = ApiTypes.Product },
            [.. operations.Zip(found, (operation, sourced) => operation with { Source = sourced.Source })],
            scopes);
    }

    private Api New(Caller caller, string name, string version, string context, ApiDesign design, bool isDefault)
    {
        var now = time.GetUtcNow();
        return new Api
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = caller.Organization,
            Name = name,
            Version = version,
            Context = context,
            IsDefaultVersion = isDefault,
            Provider = caller.UserName,
            Design = design,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedAt = now.ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
            RowVersion = 1,
        };
    }
}
