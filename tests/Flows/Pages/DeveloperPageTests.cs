using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>The developer portal in a browser without scripts: find, join, subscribe, call.</summary>
public sealed partial class DeveloperPageTests(SharedNode shared) : IDisposable
{
    private const string Script = "<script>canary()</script>\"'><img src=x onerror=canary()>";

    private readonly PortalVisitor _visitor = new(shared.Node);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task Visitor_SignsUpSubscribesAndCalls_WithWhatThePageShows()
    {
        var name = shared.NewName("Wanted");
        var api = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        Assert.Contains(name, (await _visitor.GetAsync($"/devportal/apis?query=name:{name}")).Text);
        Assert.Contains($"/{name.ToLowerInvariant()}/1.0.0", (await _visitor.GetAsync($"/devportal/apis/{api}")).Text);
        var joined = await _visitor.SubmitAsync(
            "/devportal/sign-up", ("username", shared.NewName("visitor")), ("password", People.Password));
        Assert.Equal((303, "/devportal/apis"), (joined.Code, joined.Location));
        var done = await SubscribeAsync(api, "My first app");
        Assert.Equal(200, done.Code);
        var (token, url) = CommandOf(done);
        await shared.UntilAsync(new Uri(url).AbsolutePath, token, 200);

        // Another API with the same application: its own keys stay good, and a further secret is shown.
        var second = await shared.Portal.PublishAsync(shared.NewName("Second"), shared.Backend.Url);
        var application = Regex.Match(done.Html, "/devportal/applications/([0-9a-f-]{36})").Groups[1].Value;
        var again = await _visitor.SubmitAsync($"/devportal/apis/{second}/subscribe", ("application", application), ("plan", "Unlimited"));
        Assert.Equal(200, again.Code);
        await shared.UntilAsync(new Uri(CommandOf(again).Url).AbsolutePath, CommandOf(again).Token, 200);
        Assert.Equal(200, (await shared.CallAsync(new Uri(url).AbsolutePath, token)).Code);
    }

    [Fact]
    public async Task Subscribe_SentTwice_MakesOneApplicationAndOneSubscription()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Once"), shared.Backend.Url);
        var name = await SignedInAsync();
        Assert.Equal(200, (await SubscribeAsync(api, "Twice")).Code);
        var second = await SubscribeAsync(api, "Twice");
        Assert.Equal(409, second.Code);
        Assert.Contains("value=\"Twice\"", second.Html);
        var developer = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, People.Password);
        Assert.Equal(1, (int)(await developer.GetAsync($"{Portal.DevPortal}/applications").ExpectAsync(200))["count"]!);
        Assert.Equal(1, (int)(await developer.GetAsync($"{Portal.DevPortal}/subscriptions?apiId={api}").ExpectAsync(200))["count"]!);
    }

    [Fact]
    public async Task Application_WithABadName_IsRefusedBesideItsFieldWithAllInputKept()
    {
        await SignedInAsync();
        var answer = await _visitor.SubmitAsync(
            "/devportal/applications/new", ("name", "a/b"), ("description", "kept text"), ("policy", "Unlimited"), ("token_type", "OAUTH"));
        Assert.Equal(400, answer.Code);
        Assert.Matches("id=\"name\"[^>]*aria-invalid=\"true\"", answer.Html);
        Assert.Contains("id=\"name-complaint\"", answer.Html);
        Assert.Contains("kept text", answer.Text);
        Assert.Matches("value=\"OAUTH\" selected", answer.Html);
    }

    [Fact]
    public async Task Application_ChangedMeanwhile_IsNotOverwritten()
    {
        await SignedInAsync();
        var id = await ApplicationAsync("Shared words");
        var page = $"/devportal/applications/{id}/edit";
        var old = await _visitor.GetAsync(page);
        var version = Regex.Match(old.Html, "name=\"row_version\" value=\"(\\d+)\"").Groups[1].Value;
        (string, string)[] fields = [("policy", "Unlimited"), ("token_type", "JWT"), ("row_version", version)];
        Assert.Equal(303, (await _visitor.SubmitAsync(page, [.. fields, ("name", "Theirs"), ("description", "their text")])).Code);
        var mine = await _visitor.SubmitAsync(page, [.. fields, ("name", "Mine"), ("description", "my text")]);
        Assert.Equal(412, mine.Code);
        Assert.Contains("their text", mine.Text);
        Assert.Contains("my text", mine.Text);
        Assert.Contains("Theirs", (await _visitor.GetAsync($"/devportal/applications/{id}")).Text);
    }

    [Fact]
    public async Task Application_OfSomebodyElse_ReadsAsNotThere()
    {
        await SignedInAsync();
        var id = await ApplicationAsync("Private");
        using var other = new PortalVisitor(shared.Node);
        var name = shared.NewName("stranger");
        await shared.DeveloperAsync(name);
        await other.SignInAsync("devportal", name, People.Password);
        foreach (var path in (string[])["", "/edit", "/delete"])
        {
            Assert.Equal(404, (await other.GetAsync($"/devportal/applications/{id}{path}")).Code);
        }

        var token = PortalVisitor.TokenOf(await other.GetAsync("/devportal/applications/new"));
        Assert.Equal(404, (await other.PostAsync($"/devportal/applications/{id}/delete", ("form_token", token))).Code);
        Assert.Equal(404, (await other.PostAsync($"/devportal/applications/{id}/keys/PRODUCTION", ("form_token", token))).Code);
    }

    [Fact]
    public async Task KeysAndDeletion_AskFirstAndAreInTheAuditLog()
    {
        var name = await SignedInAsync();
        var id = await ApplicationAsync("Kept a while");
        var page = $"/devportal/applications/{id}";
        var made = await _visitor.SubmitAsync(page, $"{page}/keys/PRODUCTION");
        Assert.Contains("Your new keys", made.Text);
        var renewed = await _visitor.SubmitAsync($"{page}/keys/PRODUCTION/regenerate");
        Assert.Equal(200, renewed.Code);
        Assert.NotEqual(SecretOf(made), SecretOf(renewed));
        Assert.Contains("0 subscriptions", (await _visitor.GetAsync($"{page}/delete")).Text);
        Assert.Equal(303, (await _visitor.SubmitAsync($"{page}/delete")).Code);
        Assert.Equal(404, (await _visitor.GetAsync(page)).Code);
        var log = await shared.Admin.GetAsync($"{Portal.Admin}/audit-log?user={name}&limit=100").ExpectAsync(200);
        var text = log.ToJsonString();
        Assert.Contains("/devportal/applications/{applicationId}/delete", text);
        Assert.Contains("Kept a while", text);
        Assert.DoesNotContain(SecretOf(renewed), text);
    }

    [Fact]
    public async Task Texts_ThatLookLikeScripts_AreShownAsTexts()
    {
        var name = shared.NewName("Naughty");
        var api = await shared.Portal.PublishAsync(
            name, shared.Backend.Url, new JsonObject { ["description"] = Script, ["tags"] = new JsonArray("<b>bold</b>") });
        foreach (var path in (string[])["?query=name:" + name, "/" + api, "?query=" + Uri.EscapeDataString(Script)])
        {
            var page = await _visitor.GetAsync("/devportal/apis" + path);
            Assert.DoesNotContain("<script>", page.Html);
            Assert.DoesNotContain("<img", page.Html);
            Assert.DoesNotContain("<b>", page.Html);
        }
    }

    private async Task<string> SignedInAsync()
    {
        var name = shared.NewName("builder");
        await shared.DeveloperAsync(name);
        await _visitor.SignInAsync("devportal", name, People.Password);
        return name;
    }

    private async Task<string> ApplicationAsync(string name)
    {
        var made = await _visitor.SubmitAsync(
            "/devportal/applications/new", ("name", name), ("description", ""), ("policy", "Unlimited"), ("token_type", "JWT"));
        Assert.Equal(303, made.Code);
        return made.Location!.Split('/')[^1].Split('?')[0];
    }

    private Task<PageView> SubscribeAsync(string api, string application) => _visitor.SubmitAsync(
        $"/devportal/apis/{api}/subscribe", ("application", ""), ("name", application), ("plan", "Unlimited"));

    private static string SecretOf(PageView page) => WebUtility.HtmlDecode(Secret().Match(page.Html).Groups[1].Value);

    private static (string Token, string Url) CommandOf(PageView page)
    {
        var command = WebUtility.HtmlDecode(Command().Match(page.Html).Groups[1].Value);
        return (Regex.Match(command, "Bearer ([^']+)'").Groups[1].Value, Regex.Match(command, "'(https://[^']+)'").Groups[1].Value);
    }

    [GeneratedRegex("id=\"curl\"[^>]*>([^<]+)<")]
    private static partial Regex Command();

    [GeneratedRegex("id=\"consumer-secret\"[^>]*>([^<]+)<")]
    private static partial Regex Secret();
}
