using System.Text;
using Tollgate.Model;
using Tollgate.Publisher.Deploy;
using Tollgate.Publisher.Describe;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.SignIn.Approvals;
using Tollgate.Storage;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Transfer;

/// <summary>How an import is asked for.</summary>
/// <param name="PreserveProvider">Keep the provider that the archive names; else it is the caller.</param>
/// <param name="Overwrite">Change what exists already.</param>
/// <param name="RotateRevision">At the limit of revisions, the earliest one makes room.</param>
internal sealed record ImportRequest(bool PreserveProvider, bool Overwrite, bool RotateRevision);

/// <summary>What imports of APIs and of API products have in common: state, provider, documents, icon, deployments, and the saving.</summary>
internal sealed class ImportRules(
    ApiImportStore imports, DocumentRules documentRules, DeploymentRules deploymentRules, UserStore users, ApprovalRequests approvals,
    OrganizationSettingsStore settings, PublisherOptions options)
{
    /// <summary>Everything that comes with an API or a product that was checked.</summary>
    public async Task<ApiImport> CompleteAsync(
        Caller caller, (Api Api, ApiContent Content) made, Api? stored, string? stateText, string? provider, ArchivedParts parts, ImportRequest request)
    {
        var (api, content) = made;
        var target = TargetOf(stateText, stored);
        var asked = await settings.FindAsync(caller.Organization);
        if (target is not (LifecycleState.Created or LifecycleState.Retired))
        {
            Lifecycle.RefuseUnready(api, asked.RequiredProperties);
        }

        await RefuseUnapprovedAsync(caller, api, target != (stored?.State ?? LifecycleState.Created), parts.Deployments.Count > 0);
        return new ApiImport
        {
            Api = stored is null ? api with { State = target, Provider = await ProviderAsync(caller, provider, request) } : api,
            Content = content,
            Replaces = stored,
            State = target,
            User = caller.UserName,
            Documents = [.. parts.Documents.Select(document => Prepare(api.Id, caller, document))],
            Icon = parts.Icon is { } bytes ? Icon.Check(bytes) : null,
            Deployments = await PlacesAsync(caller, api with { State = target }, parts.Deployments),
            MaxRevisions = asked.MaxRevisions ?? options.MaxRevisions,
            RotateRevision = request.RotateRevision,
        };
    }

    /// <summary>Saves all of them or none; the revision of the last one, if it was deployed.</summary>
    public async Task<Revision?> SaveAsync(IReadOnlyList<ApiImport> all)
    {
        try
        {
            return await imports.ImportAsync(all);
        }
        catch (DuplicateException)
        {
            throw Refusal.Conflict(900300, "API exists", "The API, its context or one of its documents was created by someone else just now.");
        }
    }

    // Where the lifecycle is to stand: what the archive says, as far as one step leads there.
    private static LifecycleState TargetOf(string? text, Api? stored)
    {
        var now = stored?.State ?? LifecycleState.Created;
        if (text is not { Length: > 0 })
        {
            return now;
        }

        if (!EnumText<LifecycleState>.TryParse(text.ToUpperInvariant(), out var target))
        {
            throw Refusal.BadRequest($"'{text}' is no state of the lifecycle.", 903234);
        }

        if (stored is null || target == now)
        {
            return target;
        }

        return target != LifecycleState.Retired && Lifecycle.Offered(now).Any(step => step.To == target) ? target : throw Refusal.BadRequest(
            $"'{stored.Name}' {stored.Version} is {EnumText<LifecycleState>.Of(now)}; an import cannot make it {text}.", 903234);
    }

    // An import is all or nothing, so that no part of it can wait for a decision.
    private async Task RefuseUnapprovedAsync(Caller caller, Api api, bool steps, bool deploys)
    {
        if (steps && await approvals.IsWantedAsync(caller.Organization, ChangeLifecycle.TypeOf(api)))
        {
            throw Refusal.BadRequest(
                "Lifecycle steps wait for approval in this organization. Import without a change of the state (preserveStatus=false at the export), "
                + "then take the step.",
                903234);
        }

        if (deploys && await approvals.IsWantedAsync(caller.Organization, WorkflowType.RevisionDeployment))
        {
            throw Refusal.BadRequest(
                "Deployments wait for approval in this organization. Import without deployment_environments, then deploy a revision.");
        }
    }

    private async Task<string> ProviderAsync(Caller caller, string? provider, ImportRequest request)
    {
        if (!request.PreserveProvider || provider is not { Length: > 0 })
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

    private async Task<IReadOnlyList<Deployment>> PlacesAsync(Caller caller, Api api, IReadOnlyList<ArchivedDeployment> archived) => archived.Count == 0
        ? []
        : await deploymentRules.CheckAsync(
            caller, api, new Revision { Id = "", ApiId = api.Id },
            [
                .. archived.Select(place => new DeploymentResource
                {
                    Name = place.DeploymentEnvironment ?? place.Name,
                    Vhost = place.DeploymentVhost,
                    DisplayOnDevportal = place.DisplayOnDevportal,
                }),
            ]);
}

/// <summary>What comes with an API or a product in an archive.</summary>
internal sealed record ArchivedParts(
    IReadOnlyList<ArchivedDocument> Documents, byte[]? Icon, IReadOnlyList<ArchivedDeployment> Deployments);
