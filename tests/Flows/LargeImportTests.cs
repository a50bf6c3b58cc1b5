using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>GitHub's REST description, 13 MB with more than 1,000 operations, from the import to a call of each of them.</summary>
[Collection(nameof(Alone))]
public sealed partial class LargeImportTests
{
    private const string Apis = Portal.Publisher + "/apis";

    private const int Callers = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Import_GitHubDescription_TakesSecondsAndEveryOperationRoutesToItself()
    {
        var file = Environment.GetEnvironmentVariable("TOLLGATE_GITHUB_DESCRIPTION");
        Assert.SkipWhen(
            file is null && Environment.GetEnvironmentVariable("TOLLGATE_CI") is null,
            "TOLLGATE_GITHUB_DESCRIPTION names no file (.ci/run fetches GitHub's REST description)");
        Assert.True(file is not null, "continuous integration has to fetch GitHub's REST description");
        using var home = new TestHome("[apim.publisher.import_definition_file_size_limit]\noas = 20");
        await using var node = await TestNode.StartAsync(home);
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = http => http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}");
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, node.ManagementUrl);

        var description = await File.ReadAllBytesAsync(file);
        var clock = Stopwatch.StartNew();
        var api = await SendAsync(admin, HttpMethod.Post, Apis + "/import-openapi", description, backend.Url);
        Assert.True(clock.Elapsed < Limit, $"the import took {clock.Elapsed}");
        var operations = Names(api);
        Assert.True(operations.Count > 1_000, $"{operations.Count} operations");

        var id = (string)api["id"]!;
        await SendAsync(admin, HttpMethod.Put, $"{Apis}/{id}/swagger", description, null);
        Assert.Equal(operations, Names(await admin.GetAsync($"{Apis}/{id}").ExpectAsync(200)));

        await portal.DeployAsync(id);
        await admin.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action=Publish").ExpectAsync(200);
        var consumer = await portal.ConsumerAsync("Caller");
        await portal.SubscribeAsync(id, consumer);
        var token = await portal.TokenAsync(consumer);
        await Wait.UntilAsync("an operation to answer", Limit, async () =>
            (await CallAsync(http, node.GatewayUrl + "/github/1.0", token, "GET /repos/{owner}/{repo}/issues/{number}")).Code == 200);
        await CallAllAsync(http, node.GatewayUrl + "/github/1.0", token, operations);
        var served = (await admin.GetAsync("/api/am/gateway/v2/usage").ExpectAsync(200)).AsArray()
            .Where(line => (string)line!["apiId"]! == id && (int)line["status"]! == 200)
            .Select(line => $"{line!["verb"]} {line["target"]}");
        Assert.Equal(operations.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }

    // The backend says what reached it; the gateway's own counts say which operation each call was taken for.
    private static async Task CallAllAsync(HttpClient http, string gateway, string token, IReadOnlyList<string> operations)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(operations, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (operation, _) =>
        {
            var (code, body) = await CallAsync(http, gateway, token, operation);
            var expected = operation.StartsWith("HEAD ", StringComparison.Ordinal) ? "" : $"{operation.Split(' ')[0]} {PathOf(operation)}";
            if (code != 200 || body != expected)
            {
                wrong.Enqueue($"{operation}: {code} {body}");
            }
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(20)));
    }

    private static async Task<(int Code, string Body)> CallAsync(HttpClient http, string gateway, string token, string operation)
    {
        using var call = new HttpRequestMessage(new HttpMethod(operation.Split(' ')[0]), gateway + PathOf(operation));
        call.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var answer = await http.SendAsync(call);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // No literal of the description is called like this.
    private static string PathOf(string operation) => Parameter().Replace(operation.Split(' ')[1], "some-value");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static List<string> Names(JsonNode api) => [.. api["operations"]!.AsArray().Select(one => $"{one!["verb"]} {one["target"]}")];

    private static async Task<JsonNode> SendAsync(Caller admin, HttpMethod method, string path, byte[] description, string? backend)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(description), "file", "api.github.com.json" } };
        if (backend is not null)
        {
            var settings = new JsonObject
            {
                ["name"] = "GitHub",
                ["version"] = "1.0",
                ["context"] = "/github",
                ["policies"] = new JsonArray("Unlimited"),
                ["endpointConfig"] = Portal.Endpoint(backend),
            };
            form.Add(new StringContent(settings.ToJsonString()), "additionalProperties");
        }

        return await admin.SendAsync(method, path, form).ExpectAsync(backend is null ? 200 : 201);
    }
}
