using Tollgate.Contracts.Coverage;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>What the documents tell a reader to type works, and what is generated is up to date.</summary>
public sealed class DocumentTests(SharedNode shared)
{
    [Fact]
    public async Task Readme_FiveMinutesToYourOwnApi_EndsWithTheBackendsAnswer()
    {
        var script = Block(await File.ReadAllTextAsync(Repository("README.md")), "## Five minutes to your own API")
            .Replace("the-printed-one", TestHome.AdminPassword, StringComparison.Ordinal)
            .Replace("https://localhost:9443", shared.Node.ManagementUrl, StringComparison.Ordinal)
            .Replace("https://localhost:8243", shared.Node.GatewayUrl, StringComparison.Ordinal)
            .Replace("http://localhost:9763/samples/petstore", shared.Backend.Url + "/samples/petstore", StringComparison.Ordinal);

        // A reader types more slowly than a subscription takes to reach the gateway; a script may be faster.
        var output = await BashAsync(script.Replace("curl -sSk -H", "sleep 0.3; curl -sSk -H", StringComparison.Ordinal));

        Assert.EndsWith("{\"ok\":true}", output.Trim(), StringComparison.Ordinal);
        Assert.Contains(shared.Backend.Requests, request => request.Target == "/samples/petstore/pets");
    }

    [Fact]
    public async Task ConfigurationReference_CommittedPage_IsWhatTheProgramPrints() => Assert.Equal(
        await File.ReadAllTextAsync(Repository("docs/reference/configuration.md")), await RunAsync(TestNode.ProgramPath, "reference"));

    [Fact]
    public async Task RestCoverage_IsWhatTheRoutesGive()
    {
        using var home = new TestHome();
        Assert.Equal(
            await File.ReadAllTextAsync(Repository("docs/reference/rest-coverage.md")),
            CoveragePage.Of(await RunAsync(TestNode.ProgramPath, "routes", "--home", home.Path)).Render());
    }

    private static string Block(string markdown, string heading)
    {
        const string Start = "```sh\n";
        var from = markdown.IndexOf(Start, markdown.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + Start.Length;
        return markdown[from..markdown.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static Task<string> BashAsync(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The README's commands are for a POSIX shell.");
        }

        return RunAsync("bash", "-euo", "pipefail", "-c", script);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output, errors) = await Programs.RunAsync(program, arguments);
        Assert.True(code == 0, $"exit code {code}: {errors}\n{output}");
        return output;
    }

    private static string Repository(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tollgate.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(folder.FullName, file);
    }
}
