using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Transfer;

/// <summary>Brings an archived API in: all of it in one transaction, or nothing.</summary>
internal sealed class ImportApi(
    ApiLookup lookup, ApiStore apis, CreateApi create, DesignRules designRules, OperationRules operationRules, AccessControl access,
    ImportRules rules, KeptOffer offer, TimeProvider time)
{
    public async Task<(Api Api, Revision? Revision)> RunAsync(Caller caller, ArchivedApi archived, ImportRequest request)
    {
        var import = await PrepareAsync(caller, archived, request);
        return (import.Api, await rules.SaveAsync([import]));
    }

    /// <summary>The API checked and complete, and not saved.</summary>
    public async Task<ApiImport> PrepareAsync(Caller caller, ArchivedApi archived, ImportRequest request)
    {
        var wanted = archived.Api;
        var stored = await StoredAsync(caller, wanted.Name, wanted.Version, request);
        var made = stored is null
            ? await CreateAsync(caller, archived)
            : await ChangeAsync(caller, archived, await lookup.NeedAsync(caller, stored.Id));
        var parts = new ArchivedParts(archived.Documents, archived.Icon, archived.Deployments);
        return await rules.CompleteAsync(caller, made, stored, wanted.LifeCycleStatus, wanted.Provider, parts, request);
    }

    /// <summary>What has this name and version already; refused unless it may be changed.</summary>
    public async Task<Api?> StoredAsync(Caller caller, string? name, string? version, ImportRequest request) =>
        await apis.FindAsync(caller.Organization, ApiName.Check(name), ApiName.CheckVersion(version)) is not { } stored ? null
        : request.Overwrite ? stored
        : throw Refusal.Conflict(
            900300, "API exists", $"There is already an API '{stored.Name}' in version {stored.Version}. Import it with overwriting to change it.");

    private Task<(Api Api, ApiContent Content)> CreateAsync(Caller caller, ArchivedApi archived) => archived.Definition is { } definition
        ? create.PrepareAsync(caller, definition, archived.Api)
        : create.PrepareAsync(caller, archived.Api);

    private async Task<(Api Api, ApiContent Content)> ChangeAsync(Caller caller, ArchivedApi archived, Api stored)
    {
        var wanted = archived.Api;
        ChangeApi.RefuseMoved(stored, wanted);
        var design = await designRules.CheckAsync(caller.Organization, wanted);
        access.RefuseLockout(caller, design);
        await offer.RefuseLossAsync(stored, design);
        var operations = await operationRules.CheckAsync(
            caller.Organization, wanted.Operations ?? archived.Definition?.Operations ?? [], design);
        var definitionBefore = archived.Definition?.Json ?? (await apis.ContentAsync(stored.Id)).Definition;
        var changed = stored with
        {
            Design = design,
            IsDefaultVersion = wanted.IsDefaultVersion,
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
        };
        return (changed, new ApiContent(operations, ChangeApi.DefinitionOf(changed, definitionBefore, operations)));
    }
}
