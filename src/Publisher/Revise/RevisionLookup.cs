using Tollgate.Model;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Revise;

/// <summary>Finds the revision that a request names.</summary>
internal sealed class RevisionLookup(RevisionStore revisions)
{
    public async Task<Revision> NeedAsync(Api api, string revisionId) =>
        await revisions.FindAsync(api.Id, revisionId) ?? throw Refusal.NotFound(900347, "revision", revisionId);
}
