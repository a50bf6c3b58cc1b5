using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.Publisher.Publish;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Revise;

/// <summary>Makes the working copy what a revision is; what gateways serve stays as it is.</summary>
internal sealed class RestoreRevision(RevisionStore revisions, ApiStore apis, KeptOffer offer, TimeProvider time)
{
    public async Task<(Api Api, ApiContent Content)> RunAsync(Caller caller, Api api, Revision revision)
    {
        ChangeApi.RefuseWithoutPermission(caller, api);
        var (design, content) = await revisions.ContentAsync(revision) ?? throw Refusal.NotFound(900347, "revision", revision.Id);
        await offer.RefuseLossAsync(api, design);
        var restored = api with { Design = design, UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(), UpdatedBy = caller.UserName };
        await apis.UpdateAsync(restored, content, "revision.restored");
        return (restored with { RowVersion = api.RowVersion + 1 }, content);
    }
}
