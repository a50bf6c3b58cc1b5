using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Pages;

/// <summary>Forms are taken from the session that they were shown in, and from nowhere else.</summary>
public sealed class FormGuardTests(SharedNode shared) : IDisposable
{
    private readonly PortalVisitor _visitor = new(shared.Node);

    public void Dispose() => _visitor.Dispose();

    [Fact]
    public async Task Form_WithoutToken_WithAnothersTokenOrFromAnotherSite_ChangesNothing()
    {
        var name = shared.NewName("Guarded");
        await _visitor.SignInAsync("devportal", "admin", TestHome.AdminPassword);
        var own = PortalVisitor.TokenOf(await _visitor.GetAsync("/devportal/applications/new"));
        using var other = new PortalVisitor(shared.Node);
        await other.SignInAsync("devportal", "admin", TestHome.AdminPassword);
        var foreign = PortalVisitor.TokenOf(await other.GetAsync("/devportal/applications/new"));
        Assert.Equal(403, (await _visitor.PostAsync("/devportal/applications/new", ("name", name))).Code);
        Assert.Equal(403, (await _visitor.PostAsync("/devportal/applications/new", ("form_token", foreign), ("name", name))).Code);
        var crossed = await _visitor.SendAsync(
            HttpMethod.Post, "/devportal/applications/new",
            new FormUrlEncodedContent([new("form_token", own), new("name", name)]), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(403, crossed.Code);
        Assert.Contains("The form was not sent", crossed.Text);
        var found = await shared.Admin.GetAsync($"{Portal.DevPortal}/applications?query={name}").ExpectAsync(200);
        Assert.Equal(0, (int)found["count"]!);
    }

    [Fact]
    public async Task Pages_OfEveryPortal_AreInNobodysFrameAndRunNoForeignScript()
    {
        foreach (var path in (string[])["/devportal/apis", "/devportal/sign-in", "/devportal/nothing", "/publisher/sign-in", "/admin/sign-in"])
        {
            var page = await _visitor.GetAsync(path);
            var policy = Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
            Assert.All(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"], part => Assert.Contains(part, policy));
            Assert.DoesNotContain("unsafe", policy);
            Assert.DoesNotMatch("<script>|style=\"| on[a-z]+=\"", page.Html);
        }
    }

    [Fact]
    public async Task PageRoutes_WithoutSignIn_SendThere_AndWithoutTheRightRefuse()
    {
        var pages = (await Route.AllAsync()).Where(route => route.Access.StartsWith("page: ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        var powerless = shared.NewName("powerless");
        await People.JoinAsync(shared.Admin, shared.Node.ManagementUrl, powerless, []);
        using var signedIn = new PortalVisitor(shared.Node);
        List<string> admitted = [];
        foreach (var portal in pages.GroupBy(route => route.Path.Split('/')[1]))
        {
            await signedIn.SignInAsync(portal.Key, powerless, People.Password);
            foreach (var route in portal)
            {
                var path = route.With(_ => null);
                var (anonymous, weak) = (await AskAsync(_visitor, route, path), await AskAsync(signedIn, route, path));
                if (anonymous is not (303 or 403) || weak != 403)
                {
                    admitted.Add($"{route.Method} {route.Path} answered {anonymous} and {weak}");
                }
            }
        }

        Assert.Empty(admitted);
    }

    private static async Task<int> AskAsync(PortalVisitor visitor, Route route, string path)
    {
        if (route.Method == "GET")
        {
            return (await visitor.GetAsync(path)).Code;
        }

        var portal = path.Split('/')[1];
        var token = PortalVisitor.TokenOf(await visitor.GetAsync($"/{portal}/sign-in"));
        return (await visitor.PostAsync(path, ("form_token", token))).Code;
    }
}
