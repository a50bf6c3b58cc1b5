using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Comments;
using Tollgate.Storage.Documents;
using Tollgate.Storage.Policies;
using Tollgate.Storage.Search;
using Tollgate.Web.Pages;
using Tollgate.Web.Parts;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Discover;

/// <summary>The catalogue and the page of an API.</summary>
internal sealed class CataloguePages(
    ApiStore apis, RevisionStore revisions, VisibleApis visible, GatewayUrls urls, RatingStore ratings, SearchStore search, PolicyStore policies,
    DocumentStore documents, CatalogueEndpoints definitions, DocumentEndpoints contents, DevPortalOptions options)
{
    private const int MostTags = 20;
    private const int CardsAtOnce = 24;

    public void Map(IEndpointRouteBuilder pages)
    {
        Restrict(pages.MapGet("/apis", ListAsync));
        Restrict(pages.MapGet("/apis/{apiId}", ShowAsync));
        Restrict(pages.MapGet("/apis/{apiId}/definition", definitions.DefinitionAsync));
        Restrict(pages.MapGet("/apis/{apiId}/documents/{documentId}", contents.ContentAsync));
    }

    private void Restrict(IEndpointConventionBuilder page)
    {
        if (options.AnonymousMode)
        {
            page.VisitorsOnPage("The catalogue may be read without signing in.");
        }
        else
        {
            page.NeedsOnPage(RestScopes.Subscribe);
        }
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = new PageRequest(http.Page().Offset, CardsAtOnce);
        var text = http.Query("query") ?? "";
        var all = await visible.QueryAsync(http);
        var found = await apis.ListAsync(all with { Search = SearchQuery.Parse(text), NewestOnly = !options.DisplayMultipleVersions }, page);
        var sums = await ratings.SumsAsync([.. found.Items.Select(api => api.Id)]);
        var tags = await search.TagsAsync(all, new PageRequest(0, MostTags));
        var context = http.PageContext("APIs") with { Place = "/apis", Search = text };
        await PageAnswer.WriteAsync<CatalogueView, CatalogueModel>(http, context, new CatalogueModel(
            [.. found.Items.Select(api => new CatalogueCard(api, Rating(sums.GetValueOrDefault(api.Id, RatingSum.None))))],
            [.. tags.Items.Select(tag => tag.Value)], text, PageOfList.Of(http, page, found.Items.Count, found.Total)));
    }

    private async Task ShowAsync(HttpContext http)
    {
        var api = await visible.NeedAsync(http, http.Path("apiId"));
        var places = (await revisions.DeploymentsAsync(api.Id)).Where(place => place.DisplayOnDevportal).ToList();
        var content = await apis.ContentAsync(api.Id);
        var model = new ApiModel(api, Rating((await ratings.SumsAsync([api.Id])).GetValueOrDefault(api.Id, RatingSum.None)))
        {
            Addresses = await AddressesAsync(api, places),
            Plans = await PlansAsync(api),
            Operations = OperationLines.Of(content.Operations, content.Definition),
            Documents = await DocumentsAsync(http, api),
        };
        var context = http.PageContext(api.Design.DisplayName ?? api.Name) with
        {
            Place = "/apis",
            Crumbs = [new PageLink("APIs", Portal.Developer.Link("/apis"))],
        };
        await PageAnswer.WriteAsync<ApiView, ApiModel>(http, context, model);
    }

    public async Task<IReadOnlyList<PlanChoice>> PlansAsync(Api api) =>
    [
        .. (await policies.NamedAsync(api.Organization, PolicyKind.Subscription, api.Design.Policies))
            .Select(policy => new PlanChoice(policy.Name, LimitWords.Of(policy), policy.Description)),
    ];

    public async Task<IReadOnlyList<CallAddress>> AddressesAsync(Api api, IReadOnlyList<Deployment> places) =>
    [
        .. from entry in (await urls.InAsync(api)).Of(api, places)
           let url = entry.URLs.Best
           where url is not null
           select new CallAddress(entry.EnvironmentDisplayName, url),
    ];

    private async Task<IReadOnlyList<DocumentLine>> DocumentsAsync(HttpContext http, Api api)
    {
        var found = await documents.ListAsync(new DocumentQuery(api.Id, http.Features.Get<Caller>()?.UserName), PageRequest.Whole);
        return
        [
            .. found.Items.Select(document => new DocumentLine(
                document.Name, document.OtherTypeName ?? Words(document.Type), document.Summary,
                document.SourceUrl ?? Portal.Developer.Link($"/apis/{api.Id}/documents/{document.Id}"))),
        ];
    }

    private static string Words(DocumentType type) => type switch
    {
        DocumentType.HowTo => "how-to",
        DocumentType.Samples => "samples and SDK",
        DocumentType.PublicForum => "public forum",
        DocumentType.SupportForum => "support forum",
        DocumentType.MessageFormat => "message formats",
        DocumentType.Swagger => "definition",
        _ => "other",
    };

    private static string? Rating(RatingSum sum) => sum.Count == 0 ? null : sum.Average;
}
