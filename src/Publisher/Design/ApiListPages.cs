using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Publisher.Design;

/// <summary>The list of APIs, and the form of a new one.</summary>
internal sealed class ApiListPages(ApiStore apis, CreateApi create, DefinitionSource source, Viewers viewers)
{
    private const string FirstVersion = "1.0.0";
    private static readonly string[] AnyMethod = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/apis", ListAsync).NeedsOnPage(RestScopes.ApiView, RestScopes.ApiManage);
        pages.MapGet("/apis/new", http => ShowFormAsync(http, new NewApiForm())).NeedsOnPage(RestScopes.ApiCreate, RestScopes.ApiManage);
        pages.MapPost("/apis/new", CreateAsync).NeedsOnPage(RestScopes.ApiCreate, RestScopes.ApiManage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = new PageRequest(http.Page().Offset, PageRequest.DefaultLimit);
        var text = http.Query("query") ?? "";
        var state = Enum.TryParse<LifecycleState>(http.Query("state"), out var asked) ? asked : (LifecycleState?)null;
        var query = new ApiQuery
        {
            Organization = http.Caller().Organization,
            Viewer = viewers.Publisher(http.Caller()),
            Search = SearchQuery.Parse(text),
            States = state is null ? null : [state.Value],
            Products = false,
        };
        var found = await apis.ListAsync(query, page);
        await PageAnswer.WriteAsync<ApisView, ApisModel>(
            http, http.PageContext("APIs") with { Place = ApiFrame.Place, Search = text, Notice = Deleted(http) },
            new ApisModel(found.Items, text, state?.ToString() ?? "", PageOfList.Of(http, page, found.Items.Count, found.Total)));
    }

    private static PageNotice? Deleted(HttpContext http) =>
        http.Query("notice") == "deleted" ? new PageNotice("ok", "The API was deleted; gateways no longer serve it.") : null;

    private async Task CreateAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        var typed = new NewApiForm
        {
            Name = form.Text("name"),
            Version = form.Text("version"),
            Context = form.Text("context"),
            Endpoint = form.Text("endpoint"),
            DefinitionUrl = form.Text("definition_url"),
            DefinitionText = form.Exact("definition_text"),
        };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var file = await form.FileAsync("file");
                var (api, _) = file is null && typed.DefinitionUrl.Length == 0 && string.IsNullOrWhiteSpace(typed.DefinitionText)
                    ? await create.FromScratchAsync(http.Caller(), Scratch(typed))
                    : await ImportAsync(http, file, typed);
                http.GoTo($"/apis/{api.Id}?notice=created");
            },
            problem => ShowFormAsync(http, typed with { Problem = problem }));
    }

    private async Task<(Api Api, ApiContent Content)> ImportAsync(HttpContext http, byte[]? file, NewApiForm typed)
    {
        var definition = await source.ReadAsync(
            file, typed.DefinitionUrl.Length > 0 ? typed.DefinitionUrl : null,
            string.IsNullOrWhiteSpace(typed.DefinitionText) ? null : typed.DefinitionText, http.RequestAborted);
        var wanted = Wanted(typed, typed.Name.Length > 0 ? typed.Name : definition.BasePath ?? definition.Title);
        return await create.FromDefinitionAsync(http.Caller(), definition, wanted);
    }

    // The plan that limits nothing can be taken away again; without any plan nobody could subscribe.
    private static ApiResource Wanted(NewApiForm typed, string title) => new()
    {
        Name = typed.Name.Length > 0 ? typed.Name : null,
        Version = typed.Version.Length > 0 ? typed.Version : null,
        Context = typed.Context.Length > 0 ? typed.Context : ContextOf(title),
        Policies = [ThrottlingPolicy.Unlimited],
        EndpointConfig = typed.Endpoint.Length > 0 ? EndpointConfig.Of(typed.Endpoint, "") : null,
    };

    private static ApiResource Scratch(NewApiForm typed)
    {
        var wanted = Wanted(typed, typed.Name);
        return wanted with
        {
            Version = wanted.Version ?? FirstVersion,
            Operations = [.. AnyMethod.Select(verb => new Operation { Target = "/*", Verb = verb })],
        };
    }

    private static string ContextOf(string title) =>
        "/" + string.Join('-', title.ToLowerInvariant().Split([.. title.ToLowerInvariant().Where(c => !char.IsAsciiLetterOrDigit(c))],
            StringSplitOptions.RemoveEmptyEntries));

    private static Task ShowFormAsync(HttpContext http, NewApiForm form) => PageAnswer.WriteAsync<NewApiView, NewApiForm>(
        http, http.PageContext("Create API") with { Place = ApiFrame.Place, Crumbs = [ApiFrame.Crumb] }, form);
}
