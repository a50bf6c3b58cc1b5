using System.Diagnostics;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>GitHub's REST description, 13 MB with more than 1,000 operations, from the import to the gateway.</summary>
[Collection(nameof(Alone))]
public sealed class LargeImportTests
{
    private const string Apis = Portal.Publisher + "/apis";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Import_GitHubDescription_TakesSecondsAndLosesNothing()
    {
        var file = Environment.GetEnvironmentVariable("TOLLGATE_GITHUB_DESCRIPTION");
        Assert.SkipWhen(file is null, "TOLLGATE_GITHUB_DESCRIPTION names no file (.ci/run fetches GitHub's REST description)");
        using var home = new TestHome("[apim.publisher.import_definition_file_size_limit]\noas = 20");
        await using var node = await TestNode.StartAsync(home);
        await using var backend = await TestBackend.StartAsync();
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        var portal = new Portal(admin, node.ManagementUrl);

        var description = await File.ReadAllBytesAsync(file!);
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
        {
            using var call = new HttpRequestMessage(HttpMethod.Get, node.GatewayUrl + "/github/1.0/repos/me/mine/issues/7");
            call.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var answer = await http.SendAsync(call);
            return answer.IsSuccessStatusCode;
        });
    }

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
