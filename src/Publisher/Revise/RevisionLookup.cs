using Microsoft.AspNetCore.Http;
using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Revise;

/// <summary>Finds the revision that a request names.</summary>
internal sealed class RevisionLookup(RevisionStore revisions)
{
    /// <summary>The revision that the query names: by id, or by number as older clients do.</summary>
    public async Task<Revision> NeedAsync(HttpContext http, Api api)
    {
        if (http.Query("revisionNumber") is not { } number)
        {
            return await NeedAsync(api, http.NeedQuery("revisionId"));
        }

        var all = await revisions.ListAsync(api.Id);
        return all.FirstOrDefault(one => one.Number.ToString() == number) ?? throw Refusal.NotFound(900347, "revision", number);
    }

    public async Task<Revision> NeedAsync(Api api, string revisionId) =>
        await revisions.FindAsync(api.Id, revisionId) ?? throw Refusal.NotFound(900347, "revision", revisionId);
}
