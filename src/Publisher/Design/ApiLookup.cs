using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Design;

/// <summary>Finds the API that a request names, within the caller's organization.</summary>
internal sealed class ApiLookup(ApiStore apis)
{
    public async Task<Api> NeedAsync(Caller caller, string apiId) =>
        await apis.FindAsync(caller.Organization, apiId) ?? throw Refusal.NotFound(900308, "API", apiId);
}
