using System.Text.Json;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Support.UI;

namespace Tollgate.Flows.Browser;

/// <summary>
/// A real browser without a window. Whatever its console complains about fails the test, as does what axe-core finds on a page that is looked at.
/// </summary>
public sealed class Chromium : IDisposable
{
    private const string Driver = "/usr/bin/chromedriver";

    // What a person with a screen reader, a keyboard or bad eyes cannot use.
    private const string Look =
        """
        const done = arguments[0];
        axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
          .then(found => done(JSON.stringify(found.violations.map(one => one.id + ": " + one.nodes.map(node => node.html).slice(0, 3).join(" | ")))));
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string? Axe = Environment.GetEnvironmentVariable("TOLLGATE_AXE");
    private static readonly string? Gallery = Environment.GetEnvironmentVariable("TOLLGATE_SCREENS");
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (360, 740)];

    private readonly ChromeDriver _driver;
    private readonly List<string> _complaints = [];

    public Chromium()
    {
        var options = new ChromeOptions { AcceptInsecureCertificates = true };
        options.AddArguments(
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-prefers-reduced-motion");
        options.SetLoggingPreference(LogType.Browser, LogLevel.Severe);
        options.BinaryLocation = "/usr/bin/chromium";
        _driver = new ChromeDriver(ChromeDriverService.CreateDefaultService("/usr/bin", "chromedriver"), options, TimeSpan.FromSeconds(60));
    }

    /// <summary>Whether browser and axe-core are there; on a machine for continuous integration they have to be.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable("TOLLGATE_CI") is not null || (File.Exists(Driver) && Axe is not null);

    public IWebDriver Web => _driver;

    public void Go(string url) => _driver.Navigate().GoToUrl(url);

    public IWebElement Find(string selector) => _driver.FindElement(By.CssSelector(selector));

    /// <summary>Writes into the field with this id, instead of what it holds.</summary>
    public void Type(string id, string text)
    {
        var field = _driver.FindElement(By.Id(id));
        field.Clear();
        field.SendKeys(text);
    }

    /// <summary>Clicks what leads to another page, and waits for that.</summary>
    public void Click(string selector) => Leave(Find(selector));

    /// <summary>The same for the element with this text among those of the selector.</summary>
    public void ClickText(string selector, string text) => Leave(_driver.FindElements(By.CssSelector(selector)).First(element => element.Text == text));

    /// <summary>Looks at the page in both sizes, light and dark; keeps a picture where a gallery is made.</summary>
    public void Inspect(string name)
    {
        foreach (var (width, height) in Sizes)
        {
            _driver.Manage().Window.Size = new System.Drawing.Size(width, height);
            foreach (var theme in (string[])["light", "dark"])
            {
                _driver.ExecuteScript("document.documentElement.dataset.theme = arguments[0]", theme);
                _driver.ExecuteScript(File.ReadAllText(Axe!));
                var found = JsonSerializer.Deserialize<string[]>((string)_driver.ExecuteAsyncScript(Look)!)!;
                _complaints.AddRange(found.Select(one => $"{name}, {theme}, {width} px: {one}"));
                Keep($"{name}{(theme == "dark" ? "-dark" : "")}{(width < 400 ? "-narrow" : "")}", height);
            }
        }

        _driver.Manage().Window.Size = new System.Drawing.Size(Sizes[0].Width, Sizes[0].Height);
        _driver.ExecuteScript("document.documentElement.dataset.theme = 'light'");
        Listen(name);
    }

    /// <summary>What a form answers that is not taken, the browser reports as a resource that failed; nothing else may be in its console.</summary>
    public void Listen(string where) => _complaints.AddRange(
        from entry in _driver.Manage().Logs.GetLog(LogType.Browser)
        where !entry.Message.Contains("status of 400", StringComparison.Ordinal)
        select $"{where}: console: {entry.Message}");

    public void AssertContent() => Assert.Empty(_complaints);

    public void Dispose() => _driver.Quit();

    // A click returns before the page has gone; only its successor has no mark.
    private void Leave(IWebElement element)
    {
        _driver.ExecuteScript("document.documentElement.dataset.left = 'yes'");
        element.Click();
        var wait = new WebDriverWait(_driver, Patience);

        // Asked while one page gives way to the other, the browser has no answer.
        wait.IgnoreExceptionTypes(typeof(WebDriverException));
        wait.Until(driver => (bool)((IJavaScriptExecutor)driver).ExecuteScript(
            "return document.readyState === 'complete' && !document.documentElement.dataset.left")!);
    }

    // The picture shows the whole page: wide in both themes, narrow in the light one.
    private void Keep(string name, int least)
    {
        if (Gallery is null || name.EndsWith("-dark-narrow", StringComparison.Ordinal))
        {
            return;
        }

        var size = _driver.Manage().Window.Size;
        var height = (long)_driver.ExecuteScript("return document.documentElement.scrollHeight")!;
        _driver.Manage().Window.Size = size with { Height = (int)Math.Clamp(height + 140, least, 2000) };
        _driver.GetScreenshot().SaveAsFile(Path.Combine(Gallery, name + ".png"));
        _driver.Manage().Window.Size = size;
    }
}
