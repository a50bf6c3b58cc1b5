using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Publisher.Design;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Labels;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Label;

/// <summary>/labels and /apis/{apiId}/labels: which labels there are, and which of them an API bears.</summary>
internal sealed class LabelEndpoints(ApiLookup apis, LabelStore labels)
{
    private const int MostAtOnce = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish];
        routes.MapGet("/labels", ListAsync).Needs(RestScopes.ApiView, RestScopes.ApiManage);
        routes.MapGet("/apis/{apiId}/labels", OfApiAsync).Needs([RestScopes.ApiView, .. write]);
        routes.MapPost("/apis/{apiId}/attach-labels", http => ChangeAsync(http, labels.AttachAsync)).Needs(write);
        routes.MapPost("/apis/{apiId}/detach-labels", http => ChangeAsync(http, labels.DetachAsync)).Needs(write);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await labels.ListAsync(http.Caller().Organization, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(LabelResource.Of)]));
    }

    private async Task OfApiAsync(HttpContext http) => await AnswerAsync(http, await apis.NeedAsync(http.Caller(), http.Path("apiId")));

    private async Task ChangeAsync(HttpContext http, Func<Api, IReadOnlyList<string>, string, Task> change)
    {
        var caller = http.Caller();
        var api = await apis.NeedAsync(caller, http.Path("apiId"));
        if ((await JsonBody.ReadAsync<LabelIds>(http)).Labels is not { Count: > 0 and <= MostAtOnce } ids)
        {
            throw Refusal.BadRequest($"'labels' has the ids of 1 to {MostAtOnce} labels.");
        }

        await change(api, ids, caller.UserName);
        await AnswerAsync(http, api);
    }

    private async Task AnswerAsync(HttpContext http, Api api) => await JsonAnswer.WriteAsync(
        http, Lists.Whole<LabelResource>([.. (await labels.OfApiAsync(api.Id)).Select(LabelResource.Of)]));

    private sealed record LabelIds(IReadOnlyList<string>? Labels);
}
