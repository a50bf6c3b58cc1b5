using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Design;

/// <summary>Changes the working copy of an API, or removes it.</summary>
internal sealed class ChangeApi(
    ApiStore apis, DesignRules designRules, OperationRules operationRules, AccessControl access, KeptOffer offer, TimeProvider time)
{
    /// <summary>Saves a new design. Name, version and context stay; the definition follows the operations.</summary>
    public async Task<(Api Api, ApiContent Content)> UpdateAsync(Caller caller, Api stored, ApiResource wanted)
    {
        RefuseWithoutPermission(caller, stored);
        RefuseMoved(stored, wanted);
        var content = await apis.ContentAsync(stored.Id);
        var design = await designRules.CheckAsync(caller.Organization, Permitted(caller, stored.Design, wanted));
        access.RefuseLockout(caller, design);
        await offer.RefuseLossAsync(stored, design);
        var operations = await operationRules.CheckAsync(
            caller.Organization, Designs(caller) ? wanted.Operations ?? content.Operations : content.Operations, design);
        var changed = stored with { Design = design, IsDefaultVersion = wanted.IsDefaultVersion };
        return await SaveAsync(caller, changed, new ApiContent(operations, DefinitionOf(changed, content.Definition, operations)));
    }

    /// <summary>Replaces the definition. Operations are those of the document; their settings are kept where it does not state them.</summary>
    public async Task<(Api Api, ApiContent Content)> ReplaceDefinitionAsync(Caller caller, Api stored, ImportedDefinition definition)
    {
        RefuseWithoutPermission(caller, stored);
        if (stored.Design.Type == ApiTypes.WebSocket)
        {
            throw Refusal.BadRequest("The definition of a WebSocket API follows its topics; change its operations.");
        }

        var content = await apis.ContentAsync(stored.Id);
        var merged = DefinitionOperations.Merge(definition.Imported, content.Operations);
        var known = stored.Design.Scopes.Select(entry => entry.Scope.Name).ToHashSet(StringComparer.Ordinal);
        List<ApiScope> scopes =
            [.. stored.Design.Scopes, .. definition.Scopes.Where(scope => !known.Contains(scope.Name)).Select(scope => new ApiScope(scope, false))];
        var design = await designRules.CheckAsync(caller.Organization, stored.Design with { Scopes = scopes });
        var operations = await operationRules.CheckAsync(caller.Organization, merged, design);
        return await SaveAsync(
            caller, stored with { Design = design },
            new ApiContent(operations, DefinitionWriter.Update(definition.Json, operations, ScopesOf(design))));
    }

    public Task DeleteAsync(Caller caller, Api stored)
    {
        RefuseWithoutPermission(caller, stored);
        return apis.DeleteAsync(stored);
    }

    private async Task<(Api Api, ApiContent Content)> SaveAsync(Caller caller, Api changed, ApiContent content)
    {
        var api = changed with { UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(), UpdatedBy = caller.UserName };
        await apis.UpdateAsync(api, content);
        return (api with { RowVersion = api.RowVersion + 1 }, content);
    }

    // What is public is changed by publishers: a creator alone may no longer touch it.
    internal static void RefuseWithoutPermission(Caller caller, Api api)
    {
        if (api.State is LifecycleState.Published or LifecycleState.Deprecated && !caller.Has(RestScopes.ApiPublish) && !caller.Has(RestScopes.ApiManage))
        {
            throw Refusal.Forbidden($"The API is {EnumText<LifecycleState>.Of(api.State)}; changing it needs the scope {RestScopes.ApiPublish}.", 900380);
        }
    }

    /// <summary>The definition that an API with these operations has.</summary>
    internal static string DefinitionOf(Api api, string before, IReadOnlyList<Operation> operations) => api.Design.Type == ApiTypes.WebSocket
        ? TopicDefinition.Write(api, operations)
        : DefinitionWriter.Update(before, operations, ScopesOf(api.Design));

    internal static void RefuseMoved(Api stored, ApiResource wanted)
    {
        if (wanted.Type != stored.Design.Type)
        {
            throw Refusal.BadRequest($"The type of an API cannot be changed; this one stays '{stored.Design.Type}'.");
        }

        if ((wanted.Version is not null && wanted.Version != stored.Version)
            || (wanted.Context is not null && ApiContext.Check(wanted.Context) != stored.Context))
        {
            throw Refusal.BadRequest("Version and context of an API cannot be changed; create a new version instead.", 900346);
        }
    }

    // A publisher who is no creator changes how the API is offered, not what it is.
    private static ApiDesign Permitted(Caller caller, ApiDesign stored, ApiDesign wanted) => Designs(caller)
        ? wanted
        : stored with
        {
            Tags = wanted.Tags,
            Policies = wanted.Policies,
            ApiThrottlingPolicy = wanted.ApiThrottlingPolicy,
            Visibility = wanted.Visibility,
            VisibleRoles = wanted.VisibleRoles,
            SubscriptionAvailability = wanted.SubscriptionAvailability,
            AdditionalProperties = wanted.AdditionalProperties,
            BusinessInformation = wanted.BusinessInformation,
            Categories = wanted.Categories,
        };

    private static IReadOnlyList<Scope> ScopesOf(ApiDesign design) => [.. design.Scopes.Select(entry => entry.Scope)];

    private static bool Designs(Caller caller) => caller.Has(RestScopes.ApiCreate) || caller.Has(RestScopes.ApiManage);
}
