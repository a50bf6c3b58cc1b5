using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>How an API is described and who sees it, and the definition in its editor.</summary>
internal sealed class DesignPages(ApiLookup lookup, ApiStore apis, ChangeApi change, DefinitionSource source)
{
    private static readonly string[] Read = [RestScopes.ApiView, RestScopes.ApiManage];
    private static readonly string[] Write = [RestScopes.ApiCreate, RestScopes.ApiManage, RestScopes.ApiPublish];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis/{apiId}/design", ShowAsync).NeedsOnPage(Read);
        pages.MapPost("/apis/{apiId}/design", SaveAsync).NeedsOnPage(Write).Changes(ApiPages.Resource);
        pages.MapGet("/apis/{apiId}/definition", ShowDefinitionAsync).NeedsOnPage(Read);
        pages.MapPost("/apis/{apiId}/definition", SaveDefinitionAsync).NeedsOnPage(RestScopes.ApiCreate, RestScopes.ApiManage).Changes(ApiPages.Resource);
    }

    /// <summary>Refuses a form that was filled from an older state, and says what has changed since.</summary>
    public static void RefuseStale(Api stored, string rowVersion)
    {
        if (rowVersion != VersionOf(stored))
        {
            throw new Refusal(
                412, 412, "Precondition Failed", $"{stored.UpdatedBy} changed the API meanwhile. What you typed is still below; open the page again in "
                + "another tab to see theirs, and send yours from there.");
        }
    }

    public static string VersionOf(Api api) => api.RowVersion.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<string> Words(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private async Task ShowAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        await ShowAsync(http, new DesignForm(api, (await apis.ContentAsync(api.Id)).Operations)
        {
            DisplayName = api.Design.DisplayName ?? "",
            Description = api.Design.Description ?? "",
            Tags = string.Join(", ", api.Design.Tags),
            Visibility = api.Design.Visibility,
            Roles = string.Join(", ", api.Design.VisibleRoles),
            RowVersion = VersionOf(api),
        });
    }

    private async Task SaveAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var operations = (await apis.ContentAsync(stored.Id)).Operations;
        var form = await PageForm.ReadAsync(http);
        var typed = new DesignForm(stored, operations)
        {
            DisplayName = form.Text("display_name"),
            Description = form.Text("description"),
            Tags = form.Text("tags"),
            Visibility = form.Text("visibility"),
            Roles = form.Text("roles"),
            RowVersion = form.Text("row_version"),
        };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                RefuseStale(stored, typed.RowVersion);
                await change.UpdateAsync(http.Caller(), stored, ApiResource.Of(stored, operations) with
                {
                    DisplayName = typed.DisplayName.Length > 0 ? typed.DisplayName : null,
                    Description = typed.Description.Length > 0 ? typed.Description : null,
                    Tags = Words(typed.Tags),
                    Visibility = typed.Visibility,
                    VisibleRoles = typed.Visibility == "RESTRICTED" ? Words(typed.Roles) : [],
                });
                http.GoTo($"/apis/{stored.Id}/design?notice=saved");
            },
            problem => ShowAsync(http, typed with { Problem = problem }));
    }

    private static Task ShowAsync(HttpContext http, DesignForm form) =>
        PageAnswer.WriteAsync<DesignView, DesignForm>(http, ApiFrame.Of(http, form.Api, "Design"), form);

    private async Task ShowDefinitionAsync(HttpContext http)
    {
        var api = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var text = JsonNode.Parse((await apis.ContentAsync(api.Id)).Definition)!.ToJsonString(ReadableJson.Options);
        await ShowAsync(http, new DefinitionForm(api, text, VersionOf(api), null));
    }

    private async Task SaveDefinitionAsync(HttpContext http)
    {
        var stored = await lookup.NeedAsync(http.Caller(), http.Path("apiId"));
        var form = await PageForm.ReadAsync(http);
        var typed = new DefinitionForm(stored, form.Exact("definition"), form.Text("row_version"), null);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                RefuseStale(stored, typed.RowVersion);
                var definition = await source.ReadAsync(null, null, typed.Text, http.RequestAborted);
                await change.ReplaceDefinitionAsync(http.Caller(), stored, definition);
                http.GoTo($"/apis/{stored.Id}/definition?notice=saved");
            },
            problem => ShowAsync(http, typed with { Problem = problem }));
    }

    private static Task ShowAsync(HttpContext http, DefinitionForm form) =>
        PageAnswer.WriteAsync<DefinitionView, DefinitionForm>(http, ApiFrame.Of(http, form.Api, "Definition"), form);
}
