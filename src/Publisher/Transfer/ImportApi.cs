using System.Text;
using Tollgate.Model;
using Tollgate.Publisher.Deploy;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Design.OpenApi;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Transfer;

/// <summary>How an import is asked for.</summary>
/// <param name="PreserveProvider">Keep the provider that the archive names; else it is the caller.</param>
/// <param name="Overwrite">Change an API that exists already.</param>
/// <param name="RotateRevision">At the limit of revisions, the earliest one makes room.</param>
internal sealed record ImportRequest(bool PreserveProvider, bool Overwrite, bool RotateRevision);

/// <summary>Brings an archived API in: all of it in one transaction, or nothing.</summary>
internal sealed class ImportApi(
    ApiLookup lookup, ApiStore apis, ApiImportStore imports, CreateApi create, DesignRules designRules, OperationRules operationRules,
    DocumentRules documentRules, DeploymentRules deploymentRules, UserStore users, PublisherOptions options, TimeProvider time)
{
    public async Task<(Api Api, Revision? Revision)> RunAsync(Caller caller, ArchivedApi archived, ImportRequest request)
    {
        var wanted = archived.Api;
        var stored = await apis.FindAsync(caller.Organization, ApiName.Check(wanted.Name), ApiName.CheckVersion(wanted.Version));
        if (stored is not null && !request.Overwrite)
        {
            throw Refusal.Conflict(
                900300, "API exists", $"There is already an API '{stored.Name}' in version {stored.Version}. Import it with overwrite=true to change it.");
        }

        // What the caller may not see, an import does not change.
        stored = stored is null ? null : await lookup.NeedAsync(caller, stored.Id);
        var (api, content) = await PrepareAsync(caller, archived, stored);
        var target = TargetOf(wanted, stored);
        RefuseUnready(api, target);
        var import = new ApiImport
        {
            Api = stored is null ? api with { State = target, Provider = await ProviderAsync(caller, wanted, request) } : api,
            Content = content,
            Replaces = stored,
            State = target,
            User = caller.UserName,
            Documents = [.. archived.Documents.Select(document => Prepare(api.Id, caller, document))],
            Icon = archived.Icon is { } bytes ? Icon.Check(bytes) : null,
            Deployments = PlacesOf(api with { State = target }, archived),
            MaxRevisions = options.MaxRevisions,
            RotateRevision = request.RotateRevision,
        };
        return (api, await SaveAsync(import));
    }

    private async Task<Revision?> SaveAsync(ApiImport import)
    {
        try
        {
            return await imports.ImportAsync(import);
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900300, "API exists", "The API, its context or one of its documents was created by someone else just now.");
        }
    }

    private async Task<(Api Api, ApiContent Content)> PrepareAsync(Caller caller, ArchivedApi archived, Api? stored)
    {
        if (stored is null)
        {
            return archived.Definition is { } definition
                ? await create.PrepareAsync(caller, definition, archived.Api)
                : await create.PrepareAsync(caller, archived.Api);
        }

        var wanted = archived.Api;
        ChangeApi.RefuseMoved(stored, wanted);
        var design = await designRules.CheckAsync(caller.Organization, wanted);
        ChangeApi.RefuseWithoutPlan(stored, design);
        var operations = await operationRules.CheckAsync(
            caller.Organization, wanted.Operations ?? archived.Definition?.Operations ?? [], design.Scopes);
        IReadOnlyList<Scope> scopes = [.. design.Scopes.Select(entry => entry.Scope)];
        var definitionBefore = archived.Definition?.Json ?? (await apis.ContentAsync(stored.Id)).Definition;
        var changed = stored with
        {
            Design = design,
            IsDefaultVersion = wanted.IsDefaultVersion,
            UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            UpdatedBy = caller.UserName,
        };
        return (changed, new ApiContent(operations, DefinitionWriter.Update(definitionBefore, operations, scopes)));
    }

    // Where the lifecycle is to stand: what the archive says, as far as one step leads there.
    private static LifecycleState TargetOf(ApiResource wanted, Api? stored)
    {
        var now = stored?.State ?? LifecycleState.Created;
        if (wanted.LifeCycleStatus is not { Length: > 0 } text)
        {
            return now;
        }

        if (!EnumText<LifecycleState>.TryParse(text.ToUpperInvariant(), out var target))
        {
            throw Refusal.BadRequest($"lifeCycleStatus '{text}' is no state of the lifecycle.", 903234);
        }

        if (stored is null || target == now)
        {
            return target;
        }

        return target != LifecycleState.Retired && Lifecycle.Offered(now).Any(step => step.To == target) ? target : throw Refusal.BadRequest(
            $"The API is {EnumText<LifecycleState>.Of(now)}; an import cannot make it {text}.", 903234);
    }

    private static void RefuseUnready(Api api, LifecycleState target)
    {
        if (target is not (LifecycleState.Created or LifecycleState.Retired))
        {
            ChangeLifecycle.RefuseUnready(api);
        }
    }

    private async Task<string> ProviderAsync(Caller caller, ApiResource wanted, ImportRequest request)
    {
        if (!request.PreserveProvider || wanted.Provider is not { Length: > 0 } provider)
        {
            return caller.UserName;
        }

        return (await users.FindByNameAsync(caller.Organization, provider))?.Name ?? throw Refusal.BadRequest(
            $"The archive's provider '{provider}' is no user here. Import with preserveProvider=false, or create the user first.");
    }

    private (Document Document, MediaContent? Content) Prepare(string apiId, Caller caller, ArchivedDocument archived)
    {
        var document = documentRules.Create(apiId, caller.UserName, archived.Document);
        if (archived.Content is not { } bytes)
        {
            return (document, documentRules.Text(document, archived.Document.InlineContent));
        }

        if (document.IsText)
        {
            return (document, documentRules.Text(document, Encoding.UTF8.GetString(bytes)));
        }

        var name = archived.Document.FileName is { Length: > 0 } stated ? stated[(stated.LastIndexOfAny(['/', '\\']) + 1)..] : archived.FileName;
        return (document with { FileName = name }, documentRules.File(document, name, bytes));
    }

    private IReadOnlyList<Deployment> PlacesOf(Api api, ArchivedApi archived) => archived.Deployments.Count == 0 ? [] : deploymentRules.Check(
        api, new Revision { Id = "", ApiId = api.Id },
        [
            .. archived.Deployments.Select(place => new DeploymentResource
            {
                Name = place.DeploymentEnvironment,
                Vhost = place.DeploymentVhost,
                DisplayOnDevportal = place.DisplayOnDevportal,
            }),
        ]);
}
