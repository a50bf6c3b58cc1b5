using Microsoft.AspNetCore.Builder;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Applications;
using Tollgate.Storage.Policies;
using Tollgate.Web.Pages;
using Tollgate.Web.Parts;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Register;

/// <summary>The pages on which developers list, make, change and delete applications.</summary>
internal sealed class ApplicationSitePages(
    ApplicationStore applications, OwnApplications own, ApplicationRules rules, ApplicationApprovals approvals, PolicyStore policies, OneApplicationPage one)
{
    private static readonly string[] Use = [RestScopes.ApplicationManage, RestScopes.Subscribe];

    private const string Resource = DevPortalModule.BasePath + "/applications/{applicationId}";

    private static readonly PageLink Crumb = new("Applications", Portal.Developer.Link("/applications"));

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/applications", ListAsync).NeedsOnPage(Use);
        pages.MapGet("/applications/new", NewAsync).NeedsOnPage(Use);
        pages.MapPost("/applications/new", CreateAsync).NeedsOnPage(Use);
        pages.MapGet("/applications/{applicationId}", http => one.ShowAsync(http, null, null)).NeedsOnPage(Use);
        pages.MapGet("/applications/{applicationId}/edit", EditAsync).NeedsOnPage(Use);
        pages.MapPost("/applications/{applicationId}/edit", SaveAsync).NeedsOnPage(Use).Changes(Resource);
        pages.MapGet("/applications/{applicationId}/delete", http => AskAsync(http, null)).NeedsOnPage(Use);
        pages.MapPost("/applications/{applicationId}/delete", DeleteAsync).NeedsOnPage(Use).Changes(Resource);
    }

    private async Task ListAsync(HttpContext http)
    {
        var page = http.Page();
        var found = await applications.ListAsync(own.Query(http.Caller()), page);
        var counts = await applications.SubscriptionCountsAsync([.. found.Items.Select(application => application.Id)]);
        await PageAnswer.WriteAsync<ApplicationsView, ApplicationsModel>(
            http, http.PageContext("Applications") with { Place = "/applications", Notice = Notices.Of(http) },
            new ApplicationsModel(
                [.. found.Items.Select(application => new ApplicationLine(application, counts.GetValueOrDefault(application.Id)))],
                PageOfList.Of(http, page, found.Items.Count, found.Total)));
    }

    private async Task NewAsync(HttpContext http) => await ShowFormAsync(http, "Create application", await EmptyFormAsync(http), Crumb);

    private async Task CreateAsync(HttpContext http)
    {
        var form = await TypedAsync(http);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var made = await approvals.CreateAsync(http.Caller(), await rules.CreateAsync(http.Caller(), Wanted(form, null)));
                http.GoTo($"/applications/{made.Id}?notice=created");
            },
            problem => ShowFormAsync(http, "Create application", form with { Problem = problem }, Crumb));
    }

    private async Task EditAsync(HttpContext http)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var form = await EmptyFormAsync(http);
        await ShowFormAsync(
            http, $"Edit {stored.Name}",
            form with
            {
                Name = stored.Name,
                Description = stored.Description ?? "",
                Policy = stored.ThrottlingPolicy,
                TokenType = stored.TokenType,
                RowVersion = stored.RowVersion.ToString(CultureInfo.InvariantCulture),
            },
            Crumb, Of(stored));
    }

    private async Task SaveAsync(HttpContext http)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var form = await TypedAsync(http);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                if (form.RowVersion != stored.RowVersion.ToString(CultureInfo.InvariantCulture))
                {
                    throw new Refusal(
                        412, 412, "Precondition Failed", $"Somebody changed the application meanwhile: it is now called '{stored.Name}', has the policy "
                        + $"{stored.ThrottlingPolicy} and the description '{stored.Description}'. Your text is still below; open the page again "
                        + "to start from theirs.");
                }

                await approvals.ChangeAsync(http.Caller(), stored, await rules.UpdateAsync(http.Caller(), stored, Wanted(form, stored)));
                http.GoTo($"/applications/{stored.Id}?notice=saved");
            },
            problem => ShowFormAsync(http, $"Edit {stored.Name}", form with { Problem = problem }, Crumb, Of(stored)));
    }

    private async Task AskAsync(HttpContext http, FormProblem? problem)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        var count = (await applications.SubscriptionCountsAsync([stored.Id])).GetValueOrDefault(stored.Id);
        await PageAnswer.WriteAsync<ConfirmPage, Confirmation>(
            http, http.PageContext($"Delete {stored.Name}") with { Place = "/applications", Crumbs = [Crumb, Of(stored)] },
            new Confirmation(
                $"The application {stored.Name} goes, and with it its keys, its API keys and {count} subscription{(count == 1 ? "" : "s")}. "
                + "Its clients are refused at once. This cannot be undone.",
                $"Delete {stored.Name}", Of(stored).Address)
            { Problem = problem });
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await own.NeedToChangeAsync(http.Caller(), http.Path("applicationId"));
        await PageForm.TryAsync(
            http,
            async () => http.GoTo(
                await approvals.DeleteAsync(http.Caller(), stored) ? "/applications?notice=deleted" : $"/applications/{stored.Id}?notice=waits"),
            problem => AskAsync(http, problem));
    }

    private async Task<ApplicationForm> EmptyFormAsync(HttpContext http)
    {
        var found = await policies.ListAsync(http.Caller().Organization, PolicyKind.Application, PageRequest.Whole);
        var choices = found.Items.Select(policy => new PolicyChoice(policy.Name, LimitWords.Of(policy)));
        return new ApplicationForm([.. choices]) { Policy = ThrottlingPolicy.Unlimited };
    }

    private async Task<ApplicationForm> TypedAsync(HttpContext http)
    {
        var form = await PageForm.ReadAsync(http);
        return await EmptyFormAsync(http) with
        {
            Name = form.Text("name"),
            Description = form.Text("description"),
            Policy = form.Text("policy"),
            TokenType = form.Text("token_type"),
            RowVersion = form.Text("row_version"),
        };
    }

    // What the page has no field for stays as it is.
    private static ApplicationResource Wanted(ApplicationForm form, Application? stored) => new()
    {
        Name = form.Name,
        Description = form.Description,
        ThrottlingPolicy = form.Policy,
        TokenType = form.TokenType,
        Groups = stored?.Groups ?? [],
        Attributes = stored?.Attributes ?? new Dictionary<string, string>(),
    };

    private static Task ShowFormAsync(HttpContext http, string title, ApplicationForm form, params IReadOnlyList<PageLink> crumbs) =>
        PageAnswer.WriteAsync<ApplicationFormView, ApplicationForm>(http, http.PageContext(title) with { Place = "/applications", Crumbs = crumbs }, form);

    private static PageLink Of(Application application) => new(application.Name, Portal.Developer.Link($"/applications/{application.Id}"));
}
