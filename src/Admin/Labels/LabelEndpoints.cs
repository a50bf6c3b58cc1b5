using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Labels;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Labels;

/// <summary>/labels: the labels that publishers may attach to APIs.</summary>
internal sealed class LabelEndpoints(LabelStore labels, TimeProvider time)
{
    private const string What = "label";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin, RestScopes.LabelManage];
        string[] read = [.. manage, RestScopes.LabelRead];
        routes.MapGet("/labels", ListAsync).Needs(read);
        routes.MapPost("/labels", CreateAsync).Needs(manage);
        routes.MapPut("/labels/{labelId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/labels/{labelId}", DeleteAsync).Needs(manage);
        routes.MapGet("/labels/{labelId}/usage", UsageAsync).Needs(read);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await labels.ListAsync(http.Caller().Organization, page);
        await JsonAnswer.WriteAsync(http, Lists.Of(http, page, found.Total, [.. found.Items.Select(LabelResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var wanted = await JsonBody.ReadAsync<LabelResource>(http);
        var label = new ApiLabel
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = http.Caller().Organization,
            Name = ApiLabel.CheckName(wanted.Name),
            Description = ApiLabel.CheckDescription(wanted.Description),
        };
        await labels.CreateAsync(label);
        EntityTag.Set(http, 1);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/labels/{label.Id}", LabelResource.Of(label));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<LabelResource>(http);
        var changed = stored with
        {
            Name = ApiLabel.CheckName(wanted.Name ?? stored.Name),
            Description = ApiLabel.CheckDescription(wanted.Description),
        };
        await labels.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, LabelResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await labels.DeleteAsync(stored);
    }

    private async Task UsageAsync(HttpContext http)
    {
        var label = await NeedAsync(http);
        var bearers = await labels.BearersAsync(label.Id);
        await JsonAnswer.WriteAsync(http, new LabelUsage(Lists.Whole<LabelledApi>(
            [.. bearers.Select(api => new LabelledApi(api.Id, api.Name, api.Version, api.Provider))])));
    }

    private async Task<ApiLabel> NeedAsync(HttpContext http)
    {
        var id = http.Path("labelId");
        return await labels.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private sealed record LabelUsage(ListAnswer<LabelledApi> Apis);

    private sealed record LabelledApi(string Id, string Name, string Version, string Provider);
}
