using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Sessions;
using Tollgate.Storage.Policies;
using Tollgate.Web.Pages;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Plans;

/// <summary>Plans, application policies and advanced policies, in plain words.</summary>
internal sealed class PolicyPages(PolicyStore policies, TimeProvider time)
{
    private static readonly string[] Read = [RestScopes.Admin, RestScopes.AdminPlanView];
    private static readonly string[] Write = [RestScopes.Admin, RestScopes.AdminPlanManage];

    private static readonly (PolicyKind Kind, string Name)[] Kinds =
        [(PolicyKind.Subscription, "Plans"), (PolicyKind.Application, "Application policies"), (PolicyKind.Advanced, "Advanced policies")];

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/policies", http => ListAsync(http, PolicyKind.Subscription)).NeedsOnPage(Read);
        pages.MapGet("/policies/{policyLevel}", http => ListAsync(http, KindOf(http))).NeedsOnPage(Read);
        pages.MapGet("/policies/{policyLevel}/new", http => ShowFormAsync(http, new PolicyForm(KindOf(http)), "Create policy")).NeedsOnPage(Write);
        pages.MapPost("/policies/{policyLevel}/new", CreateAsync).NeedsOnPage(Write);
        pages.MapGet("/policies/{policyLevel}/{policyId}", EditAsync).NeedsOnPage(Write);
        pages.MapPost("/policies/{policyLevel}/{policyId}", SaveAsync).NeedsOnPage(Write);
        pages.MapGet("/policies/{policyLevel}/{policyId}/delete", http => AskAsync(http, null)).NeedsOnPage(Write);
        pages.MapPost("/policies/{policyLevel}/{policyId}/delete", DeleteAsync).NeedsOnPage(Write);
    }

    private async Task ListAsync(HttpContext http, PolicyKind kind)
    {
        var found = await policies.ListAsync(http.Caller().Organization, kind, PageRequest.Whole, except: DefaultPolicies.Unauthenticated);
        var context = http.PageContext("Policies") with
        {
            Place = "/policies",
            Tabs = [.. Kinds.Select(one => new PageLink(one.Name, AddressOf(one.Kind)))],
            Tab = NameOf(kind),
            Notice = http.Query("notice") switch
            {
                "created" => new PageNotice("ok", "The policy was created and may be chosen."),
                "saved" => new PageNotice("ok", "The change was saved; gateways count by it from now on."),
                "deleted" => new PageNotice("ok", "The policy was deleted."),
                _ => null,
            },
        };
        await PageAnswer.WriteAsync<PoliciesView, PoliciesModel>(http, context, new PoliciesModel(kind, found.Items));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var typed = PolicyFormReader.Read(KindOf(http), await PageForm.ReadAsync(http));
        await PageForm.TryAsync(
            http,
            async () =>
            {
                var identity = PolicyEndpoints.New(http.Caller(), typed.Kind, typed.Name, time);
                await policies.CreateAsync(PolicyFormReader.Wanted(typed, null).Apply(identity));
                Done(http, typed.Kind, "created");
            },
            problem => ShowFormAsync(http, typed with { Problem = problem }, "Create policy"));
    }

    private async Task EditAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        await ShowFormAsync(http, PolicyFormReader.Of(stored), stored.Name);
    }

    private async Task SaveAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        var typed = PolicyFormReader.Read(stored.Kind, await PageForm.ReadAsync(http)) with { Id = stored.Id, Groups = stored.Terms.Groups.Count };
        await PageForm.TryAsync(
            http,
            async () =>
            {
                if (typed.RowVersion != PolicyFormReader.Of(stored).RowVersion)
                {
                    throw new Refusal(
                        412, 412, "Precondition Failed", "Somebody changed the policy meanwhile; it now lets through "
                        + $"{Web.Parts.LimitWords.Of(stored)}. Your input is still below; open the page again to start from theirs.");
                }

                await policies.UpdateAsync(PolicyFormReader.Wanted(typed, stored).Apply(stored));
                Done(http, stored.Kind, "saved");
            },
            problem => ShowFormAsync(http, typed with { Problem = problem }, stored.Name));
    }

    private async Task AskAsync(HttpContext http, FormProblem? problem)
    {
        var stored = await NeedAsync(http);
        await PageAnswer.WriteAsync<ConfirmPage, Confirmation>(
            http, Context(http, stored.Kind, $"Delete {stored.Name}"),
            new Confirmation(
                $"The policy {stored.Name} can no longer be chosen. It is refused while an API, an application or a subscription has it.",
                $"Delete {stored.Name}", AddressOf(stored.Kind))
            { Problem = problem });
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        await PageForm.TryAsync(
            http,
            async () =>
            {
                PolicyEndpoints.RefuseDefault(stored);
                await policies.DeleteAsync(stored);
                Done(http, stored.Kind, "deleted");
            },
            problem => AskAsync(http, problem));
    }

    private static Task ShowFormAsync(HttpContext http, PolicyForm form, string title) =>
        PageAnswer.WriteAsync<PolicyView, PolicyForm>(http, Context(http, form.Kind, title), form);

    private static PageContext Context(HttpContext http, PolicyKind kind, string title) => http.PageContext(title) with
    {
        Place = "/policies",
        Crumbs = [new PageLink(NameOf(kind), AddressOf(kind))],
    };

    private async Task<ThrottlingPolicy> NeedAsync(HttpContext http)
    {
        var id = http.Path("policyId");
        return await policies.FindAsync(http.Caller().Organization, KindOf(http), id) ?? throw Refusal.NotFound(404, "policy", id);
    }

    private static void Done(HttpContext http, PolicyKind kind, string notice) =>
        PageAnswer.SeeOther(http, $"{AddressOf(kind)}?notice={notice}");

    private static PolicyKind KindOf(HttpContext http)
    {
        var level = http.Path("policyLevel");
        return EnumText<PolicyKind>.TryParse(level, out var kind) && kind != PolicyKind.Custom ? kind : throw Refusal.NotFound(404, "policy level", level);
    }

    private static string NameOf(PolicyKind kind) => Kinds.First(one => one.Kind == kind).Name;

    private static string AddressOf(PolicyKind kind) => Portal.Admin.Link($"/policies/{EnumText<PolicyKind>.Of(kind)}");
}
