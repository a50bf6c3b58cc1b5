using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Operations;

/// <summary>HTTP/2 as nghttp2's load generator speaks it.</summary>
[Collection(nameof(Alone))]
public sealed partial class Http2LoadTests(SharedNode shared)
{
    private const int Calls = 10_000;
    private const string Program = "h2load";

    [Theory]
    [InlineData("", "GET")]
    [InlineData("0123456789", "POST")]
    public async Task Calls_OverManyStreams_AreAllAnswered200(string block, string method)
    {
        Assert.SkipUnless(Tier.IsAll, "load is part of ./dev test --all");
        Programs.SkipWithout(Program);
        await using var backend = await TestBackend.StartAsync();
        var name = shared.NewName("Loaded");
        var api = await shared.Portal.PublishAsync(name, backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Client"));
        await shared.Portal.SubscribeAsync(api, consumer);
        var (path, token) = ($"/{name.ToLowerInvariant()}/1.0.0/x", await shared.Portal.TokenAsync(consumer));
        await shared.UntilAsync(path, token, 200);
        backend.Forget();
        using var home = new TestHome();
        List<string> arguments = ["-n", $"{Calls}", "-c", "16", "-m", "32", "-H", $"authorization: Bearer {token}"];
        if (block.Length > 0)
        {
            var file = Path.Combine(home.Path, "body");
            await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat(block, 200)));
            arguments.AddRange(["-d", file]);
        }

        var (code, output, errors) = await Programs.RunAsync(Program, [.. arguments, shared.Node.GatewayUrl + path]);
        Assert.True(code == 0, output + errors);
        Assert.Contains("Application protocol: h2\n", output, StringComparison.Ordinal);
        Assert.Equal(
            (Calls, 0, 0, 0, Calls),
            (Number(Succeeded(), output), Number(Failed(), output), Number(Errored(), output), Number(TimedOut(), output), Number(Answered(), output)));
        Assert.Equal(Calls, backend.Requests.Count(request => request.Method == method && request.Body.Length == 200 * block.Length));
    }

    private static int Number(Regex pattern, string output) => int.Parse(pattern.Match(output).Groups[1].Value);

    [GeneratedRegex(@"(\d+) succeeded")]
    private static partial Regex Succeeded();

    [GeneratedRegex(@"(\d+) failed")]
    private static partial Regex Failed();

    [GeneratedRegex(@"(\d+) errored")]
    private static partial Regex Errored();

    [GeneratedRegex(@"(\d+) timeout")]
    private static partial Regex TimedOut();

    [GeneratedRegex(@"status codes: (\d+) 2xx, 0 3xx, 0 4xx, 0 5xx")]
    private static partial Regex Answered();
}
