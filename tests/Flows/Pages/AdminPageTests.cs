using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>The administrator's portal in a browser without scripts.</summary>
public sealed partial class AdminPageTests(SharedNode shared) : IAsyncLifetime
{
    private const string Plans = "/admin/policies/subscription";

    private readonly PortalVisitor _admin = new(shared.Node);

    public async ValueTask InitializeAsync() => await _admin.SignInAsync("admin", "admin", TestHome.AdminPassword);

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Policy_Made_IsShownInWordsAndOffered()
    {
        var name = shared.NewName("Plan");
        Assert.Equal(303, (await MakeAsync(name, ("limit", "12,000"), ("of", "calls"), ("burst", "50"))).Code);
        var row = RowOf((await _admin.GetAsync(Plans)).Html, name);
        Assert.Contains("at most 12,000 calls per minute, at most 50 calls per second, then refused", row);
        var id = Regex.Match(row, "/subscription/([0-9a-f-]{36})").Groups[1].Value;
        var stored = await shared.Admin.GetAsync($"{Portal.Admin}/throttling/policies/subscription/{id}").ExpectAsync(200);
        Assert.Equal(12_000, (long)stored["defaultLimit"]!["requestCount"]!["requestCount"]!);

        // What the form has no field for is kept.
        var page = await _admin.GetAsync($"{Plans}/{id}");
        var version = Version().Match(page.Html).Groups[1].Value;
        (string, string)[] changed =
            [("limit", "5"), ("of", "MB"), ("unit_time", "2"), ("time_unit", "day"), ("burst", ""), ("burst_unit", "sec"), ("row_version", version)];
        Assert.Equal(303, (await _admin.SubmitAsync($"{Plans}/{id}", changed)).Code);
        Assert.Contains("at most 5 MB in 2 days, then only noted", RowOf((await _admin.GetAsync(Plans)).Html, name));
        Assert.Equal(412, (await _admin.SubmitAsync($"{Plans}/{id}", changed)).Code);
        Assert.Equal(303, (await _admin.SubmitAsync($"{Plans}/{id}/delete")).Code);
        Assert.Equal(404, (await _admin.GetAsync($"{Plans}/{id}")).Code);
    }

    [Theory]
    [InlineData("limit", "many", "id=\"limit-complaint\"")]
    [InlineData("limit", "0", "id=\"limit-complaint\"")]
    [InlineData("burst", "-1", "id=\"burst-complaint\"")]
    [InlineData("unit_time", "x", "id=\"unit_time-complaint\"")]
    [InlineData("name", "a/b", "id=\"name-complaint\"")]
    public async Task Policy_WithABadField_IsRefusedBesideItAndNotMade(string field, string value, string complaint)
    {
        var name = shared.NewName("Bad");
        var answer = await MakeAsync(field == "name" ? value : name, (field, value), ("of", "calls"), ("limit", "7"));
        Assert.Equal(400, answer.Code);
        Assert.Contains(complaint, answer.Html);
        Assert.DoesNotContain(name, (await _admin.GetAsync(Plans)).Html);
    }

    [Fact]
    public async Task Policy_ThatTheSystemRefersTo_Stays()
    {
        var id = Regex.Match(RowOf((await _admin.GetAsync(Plans)).Html, "Unlimited"), "/subscription/([0-9a-f-]{36})").Groups[1].Value;
        var answer = await _admin.SubmitAsync($"{Plans}/{id}/delete");
        Assert.Equal(403, answer.Code);
        Assert.Contains("stays", answer.Text);
    }

    [Fact]
    public async Task User_Made_SignsInUntilLocked()
    {
        var name = shared.NewName("made");
        var made = await _admin.SubmitAsync(
            "/admin/users/new", ("username", name), ("password", People.Password), ("role", "Internal/subscriber"));
        Assert.Equal((303, "/admin/users?notice=created"), (made.Code, made.Location));
        using var user = new PortalVisitor(shared.Node);
        await user.SignInAsync("devportal", name, People.Password);
        Assert.Equal(200, (await user.GetAsync("/devportal/applications")).Code);
        var page = $"/admin/users?query={name}";
        var action = LockAction().Match((await _admin.GetAsync(page)).Html).Groups[1].Value;
        Assert.Equal(303, (await _admin.SubmitAsync(page, action)).Code);
        Assert.Equal(303, (await user.GetAsync("/devportal/applications")).Code);
        Assert.Equal(303, (await _admin.SubmitAsync(page, action.Replace("/lock", "/unlock", StringComparison.Ordinal))).Code);
        Assert.Equal(200, (await user.GetAsync("/devportal/applications")).Code);
    }

    [Fact]
    public async Task OwnAccount_CannotBeLocked()
    {
        var page = "/admin/users?query=admin";
        var row = RowOf((await _admin.GetAsync(page)).Html, "admin");
        var answer = await _admin.SubmitAsync(page, LockAction().Match(row).Groups[1].Value);
        Assert.Equal(409, answer.Code);
        Assert.Contains("cannot lock", answer.Text);
    }

    [Fact]
    public async Task AuditLogAndGateways_ShowWhatThisNodeDid()
    {
        var name = shared.NewName("seen");
        await MakeAsync(name, ("limit", "1"), ("of", "calls"));
        Assert.Contains(name, (await _admin.GetAsync("/admin/audit?user=admin")).Text);
        await Wait.UntilAsync("the gateway to be listed", TimeSpan.FromSeconds(10), async () =>
            (await _admin.GetAsync("/admin/gateways")).Text.Contains("default", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approval_Decided_DoesWhatWasAskedFor()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "ApplicationCreation");
        using var root = new PortalVisitor(shared.Node);
        await root.SignInAsync("devportal", "root@" + tenant.Domain, ApprovingOrganization.Password);
        await root.SignInAsync("admin", "root@" + tenant.Domain, ApprovingOrganization.Password);
        Assert.Contains("Nothing waits", (await root.GetAsync("/admin/approvals")).Text);
        var made = await root.SubmitAsync(
            "/devportal/applications/new", ("name", "Asked for"), ("policy", "Unlimited"), ("token_type", "JWT"), ("description", ""));
        Assert.Contains("Waits for approval", (await root.GetAsync(made.Location!)).Text);
        var page = await root.GetAsync("/admin/approvals");
        Assert.Contains("Asked for", page.Text);
        var action = Regex.Match(page.Html, "action=\"(/admin/approvals/[^\"]+)\"").Groups[1].Value;
        Assert.Equal(400, (await root.SubmitAsync("/admin/approvals", action, ("decision", "maybe"))).Code);

        // Another organization's administrator sees and decides nothing of it.
        Assert.Equal(404, (await _admin.SubmitAsync("/admin/users/new", action, ("decision", "APPROVED"))).Code);
        Assert.Equal(303, (await root.SubmitAsync("/admin/approvals", action, ("decision", "APPROVED"))).Code);
        Assert.Contains("Approved", (await root.GetAsync(made.Location!)).Text);
    }

    private Task<PageView> MakeAsync(string name, params IEnumerable<(string Name, string Value)> fields)
    {
        (string Name, string Value)[] usual = [("unit_time", "1"), ("time_unit", "min"), ("burst", ""), ("burst_unit", "sec"), ("stops", "yes")];
        var all = fields.Append(("name", name)).Concat(usual).DistinctBy(field => field.Item1);
        return _admin.SubmitAsync($"{Plans}/new", all);
    }

    private static string RowOf(string html, string name) =>
        Regex.Matches(html, "<tr>.*?</tr>", RegexOptions.Singleline).Select(row => row.Value).First(row => Regex.IsMatch(row, $">{name}<"));

    [GeneratedRegex("name=\"row_version\" value=\"(\\d+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("action=\"(/admin/users/[^\"]+/lock)\"")]
    private static partial Regex LockAction();
}
