using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Revise;

/// <summary>Freezes the working copy of an API.</summary>
internal sealed class CreateRevision(RevisionStore revisions, OrganizationSettingsStore settings, PublisherOptions options)
{
    private const int MaxDescription = 255;

    public async Task<Revision> RunAsync(Caller caller, Api api, string? description)
    {
        if (description?.Length > MaxDescription)
        {
            throw Refusal.BadRequest($"The description of a revision has at most {MaxDescription} characters.").At("description");
        }

        if (api.State == LifecycleState.Retired)
        {
            throw Refusal.BadRequest("The API is retired; it takes no new revisions.", 903227);
        }

        var most = (await settings.FindAsync(api.Organization)).MaxRevisions ?? options.MaxRevisions;
        return await revisions.CreateAsync(api, description, most, caller.UserName);
    }
}
