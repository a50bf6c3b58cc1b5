using OpenQA.Selenium;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Browser;

/// <summary>A publisher, a developer and an administrator at work in a real browser; their calls go through the real gateway.</summary>
public sealed class JourneyTests(SharedNode shared)
{
    private const string NoBrowser = "needs chromium, chromedriver and axe-core (TOLLGATE_AXE): part of .ci/run";

    public static bool CanRun => Tier.IsAll && Chromium.IsThere;

    private string Portals => shared.Node.ManagementUrl;

    [Fact(SkipUnless = nameof(CanRun), Skip = NoBrowser)]
    public async Task PublisherAndDeveloper_FromADefinitionToTheFirstCall()
    {
        var name = shared.NewName("Orders");
        using var browser = new Chromium();
        SignIn(browser, "publisher", "admin", TestHome.AdminPassword);
        browser.Inspect("publisher-apis");
        browser.ClickText(".head a", "Create API");
        browser.Inspect("publisher-create");
        browser.Type("definition_text", "openapi: 3.0.1\ninfo: {}");
        browser.Click("form.column button.primary");
        browser.Inspect("publisher-create-refused");
        browser.Type("definition_text", Definition(name));
        browser.Click("form.column button.primary");
        browser.Inspect("publisher-overview");
        browser.ClickText(".tabs a", "Endpoints");
        browser.Type("production", shared.Backend.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        browser.ClickText("main button", "Test endpoints");
        browser.Inspect("publisher-endpoints");
        browser.ClickText("main button", "Save endpoints");
        foreach (var tab in (string[])["Design", "Definition", "Plans", "Subscriptions", "History"])
        {
            browser.ClickText(".tabs a", tab);
            browser.Inspect("publisher-" + tab.ToLowerInvariant());
        }

        browser.ClickText(".tabs a", "Deployments");
        browser.ClickText("main button", "Create revision and deploy");
        browser.Inspect("publisher-deployments");
        browser.ClickText(".tabs a", "Lifecycle");
        browser.ClickText("main button", "Publish");
        browser.Inspect("publisher-lifecycle");
        var (token, url) = Subscribe(browser, name);
        await shared.UntilAsync(new Uri(url).AbsolutePath, token, 200);
        browser.AssertContent();
    }

    [Fact(SkipUnless = nameof(CanRun), Skip = NoBrowser)]
    public void Administrator_MakesAPlanAndLooksAround()
    {
        using var browser = new Chromium();
        SignIn(browser, "admin", "admin", TestHome.AdminPassword);
        browser.Inspect("admin-policies");
        browser.ClickText(".head a", "Create policy");
        browser.Type("name", shared.NewName("Platinum"));
        browser.Type("limit", "many");
        browser.Click("form.column button.primary");
        browser.Inspect("admin-policy");
        browser.Type("limit", "10000");
        browser.Click("form.column button.primary");
        foreach (var place in (string[])["gateways", "approvals", "users", "users/new", "audit"])
        {
            browser.Go($"{Portals}/admin/{place}");
            browser.Inspect("admin-" + place.Replace('/', '-'));
        }

        browser.AssertContent();
    }

    [Fact(SkipUnless = nameof(CanRun), Skip = NoBrowser)]
    public async Task Developer_WithTheKeyboardAlone_SubscribesAndGetsKeys()
    {
        var name = shared.NewName("Keyboard");
        var api = await shared.Portal.PublishAsync(name, shared.Backend.Url);
        using var browser = new Chromium();
        browser.Go($"{Portals}/devportal/apis/{api}");
        Reach(browser, "Subscribe and get keys").SendKeys(Keys.Enter);
        Reach(browser, "Create one").SendKeys(Keys.Enter);
        Field(browser, "username").SendKeys(shared.NewName("typist"));
        Field(browser, "password").SendKeys(People.Password + Keys.Enter);
        browser.Go($"{Portals}/devportal/apis/{api}");
        Reach(browser, "Subscribe and get keys").SendKeys(Keys.Enter);
        Reach(browser, "Subscribe and get keys").SendKeys(Keys.Enter);
        Assert.Contains("curl", browser.Find("#curl").Text);
        browser.Listen("keyboard");
        browser.AssertContent();
    }

    private (string Token, string Url) Subscribe(Chromium browser, string name)
    {
        browser.Go($"{Portals}/devportal");
        browser.Inspect("devportal-catalogue");
        browser.Go($"{Portals}/devportal/apis?query=name:{name}");
        browser.Click(".cards a");
        browser.Inspect("devportal-api");
        browser.ClickText(".head a", "Subscribe and get keys");
        browser.Inspect("devportal-sign-in");
        browser.ClickText("main a", "Create one");
        browser.Type("username", "not a name!");
        browser.Type("password", "x");
        browser.Click("main button.primary");
        browser.Inspect("devportal-sign-up");
        browser.Type("username", shared.NewName("shopper"));
        browser.Type("password", People.Password);
        browser.Click("main button.primary");
        browser.Go($"{Portals}/devportal/apis?query=name:{name}");
        browser.Click(".cards a");
        browser.ClickText(".head a", "Subscribe and get keys");
        browser.Inspect("devportal-subscribe");
        browser.Click("main button.primary");
        browser.Inspect("devportal-subscribed");
        var command = browser.Find("#curl").Text;
        browser.Click("main .row a.button");
        browser.Inspect("devportal-application");
        browser.Go($"{Portals}/devportal/applications");
        browser.Inspect("devportal-applications");
        return (command.Split("Bearer ")[1].Split('\'')[0], command.Split('\'')[^2]);
    }

    private void SignIn(Chromium browser, string portal, string name, string password)
    {
        browser.Go($"{Portals}/{portal}");
        browser.Type("username", name);
        browser.Type("password", password);
        browser.Click("main button.primary");
    }

    // From wherever the keyboard is, on with Tab until the element with this text has the focus.
    private static IWebElement Reach(Chromium browser, string text) => Tab(browser, element => element.Text == text);

    private static IWebElement Field(Chromium browser, string id) => Tab(browser, element => element.GetAttribute("id") == id);

    private static IWebElement Tab(Chromium browser, Func<IWebElement, bool> wanted)
    {
        for (var steps = 0; steps < 60; steps++)
        {
            browser.Web.SwitchTo().ActiveElement().SendKeys(Keys.Tab);
            if (browser.Web.SwitchTo().ActiveElement() is { } at && wanted(at))
            {
                return at;
            }
        }

        throw new Xunit.Sdk.XunitException("The keyboard does not get there.");
    }

    private static string Definition(string name) =>
        "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"" + name + "\",\"version\":\"1.2.0\",\"description\":\"Orders of a shop.\"},"
        + "\"tags\":[{\"name\":\"orders\"}],\"paths\":{\"/orders\":{\"get\":{\"summary\":\"List orders\",\"responses\":{\"200\":{\"description\":\"ok\"}}}},"
        + "\"/orders/{id}\":{\"get\":{\"summary\":\"Read an order\",\"parameters\":[{\"name\":\"id\",\"in\":\"path\",\"required\":true,"
        + "\"schema\":{\"type\":\"string\"}}],\"responses\":{\"200\":{\"description\":\"ok\"}}}}}}";
}
