using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>Signing in and out, and what a portal takes for its own.</summary>
public sealed class SessionPageTests(SharedNode shared) : IDisposable
{
    private readonly PortalVisitor _visitor = new(shared.Node);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task SignIn_RightPassword_OpensThePageThatWasAskedForAndSignOutClosesIt()
    {
        var name = await DeveloperAsync();
        var asked = await _visitor.GetAsync("/devportal/applications");
        Assert.Equal((303, "/devportal/sign-in?to=%2Fdevportal%2Fapplications"), (asked.Code, asked.Location));
        var signedIn = await _visitor.SubmitAsync(
            "/devportal/sign-in", ("username", name), ("password", People.Password), ("to", "/devportal/applications"));
        Assert.Equal((303, "/devportal/applications"), (signedIn.Code, signedIn.Location));
        var page = await _visitor.GetAsync("/devportal/applications");
        Assert.Equal(200, page.Code);
        Assert.Contains(name, page.Text);
        await _visitor.SubmitAsync("/devportal/applications", "/devportal/sign-out");
        Assert.Equal(303, (await _visitor.GetAsync("/devportal/applications")).Code);
    }

    [Fact]
    public async Task SignIn_WrongPassword_KeepsTheNameAndSaysWhy()
    {
        var answer = await _visitor.SubmitAsync("/devportal/sign-in", ("username", "nobody-here"), ("password", "wrong"));
        Assert.Equal(401, answer.Code);
        Assert.Contains("User name or password is wrong", answer.Text);
        Assert.Contains("value=\"nobody-here\"", answer.Html);
        Assert.DoesNotContain("wrong\"", answer.Html);
    }

    [Theory]
    [InlineData("https://evil.example/devportal/apis")]
    [InlineData("//evil.example")]
    [InlineData("/devportal/../admin")]
    [InlineData("/devportal/\\evil.example")]
    [InlineData("/devportalx/apis")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ForeignPlaceToGo_LeadsToTheFirstPage(string to)
    {
        var answer = await _visitor.SubmitAsync(
            "/devportal/sign-in", ("username", "admin"), ("password", TestHome.AdminPassword), ("to", to));
        Assert.Equal((303, "/devportal/apis"), (answer.Code, answer.Location));
    }

    [Fact]
    public async Task SignIn_BeginsAnotherSession_SoThatNobodyPreparesOne()
    {
        var before = PortalVisitor.TokenOf(await _visitor.GetAsync("/devportal/sign-in"));
        await _visitor.SignInAsync("devportal", await DeveloperAsync(), People.Password);
        Assert.NotEqual(before, PortalVisitor.TokenOf(await _visitor.GetAsync("/devportal/applications")));
        Assert.Equal(403, (await _visitor.PostAsync("/devportal/applications/new", ("form_token", before), ("name", "Fixed"))).Code);
    }

    [Fact]
    public async Task Cookie_IsForItsPortalAndForNoScript()
    {
        var answer = await _visitor.SubmitAsync("/devportal/sign-in", ("username", "admin"), ("password", TestHome.AdminPassword));
        var cookie = Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Secure-tollgate-devportal=", cookie);
        Assert.All(["path=/devportal", "secure", "httponly", "samesite=lax"], part => Assert.Contains(part, cookie));
        var value = cookie.Split('=', 2)[1].Split(';')[0];
        using var other = new PortalVisitor(shared.Node);
        var moved = await other.SendAsync(HttpMethod.Get, "/devportal/applications", null, ("Cookie", "__Secure-tollgate-publisher=" + value));
        Assert.Equal(303, moved.Code);
        var changed = await other.SendAsync(HttpMethod.Get, "/devportal/applications", null, ("Cookie", $"__Secure-tollgate-devportal={value[..^4]}AAAA"));
        Assert.Equal(303, changed.Code);
        var whole = await other.SendAsync(HttpMethod.Get, "/devportal/applications", null, ("Cookie", "__Secure-tollgate-devportal=" + value));
        Assert.Equal(200, whole.Code);
    }

    [Theory]
    [InlineData("/store", "/devportal/")]
    [InlineData("/store/apis?query=a%20b", "/devportal/apis?query=a%20b")]
    [InlineData("/store/%0d%0aSet-Cookie:x", "/devportal/%0D%0ASet-Cookie:x")]
    [InlineData("/store//evil.example", "/devportal//evil.example")]
    public async Task OlderName_LeadsToTheSamePage(string asked, string place)
    {
        var answer = await _visitor.GetAsync(asked);
        Assert.Equal((302, place), (answer.Code, answer.Location));
    }

    [Fact]
    public async Task Cookie_OpensNoRestResource()
    {
        await _visitor.SignInAsync("devportal", "admin", TestHome.AdminPassword);
        Assert.Equal(401, (await _visitor.GetAsync($"{Portal.DevPortal}/applications")).Code);
    }

    [Fact]
    public async Task PasswordChange_EndsSessions()
    {
        var name = await DeveloperAsync();
        await _visitor.SignInAsync("devportal", name, People.Password);
        Assert.Equal(200, (await _visitor.GetAsync("/devportal/applications")).Code);

        // Sessions count in seconds: one of the same second as the change would go on.
        await Task.Delay(1100, TestContext.Current.CancellationToken);
        var developer = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, People.Password);
        await developer.PostAsync(
            $"{Portal.DevPortal}/me/change-password",
            new System.Text.Json.Nodes.JsonObject { ["currentPassword"] = People.Password, ["newPassword"] = "another-Long-1" }).ExpectAsync(200);
        Assert.Equal(303, (await _visitor.GetAsync("/devportal/applications")).Code);
    }

    private async Task<string> DeveloperAsync()
    {
        var name = shared.NewName("reader");
        await shared.DeveloperAsync(name);
        return name;
    }
}
