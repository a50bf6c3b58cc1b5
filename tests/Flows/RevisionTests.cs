using System.Buffers.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Revisions are restored, limited and deployed, on one node with two environments and two virtual hosts.</summary>
public sealed class RevisionTests(RevisionTests.TwoEnvironments stage) : IClassFixture<RevisionTests.TwoEnvironments>
{
    private const string Apis = Portal.Publisher + "/apis";

    private Caller Admin => stage.Portal.Caller;

    [Fact]
    public async Task Restore_OfAnOlderRevision_ChangesTheWorkingCopyAndNotTheGateway()
    {
        var id = await stage.Portal.CreateApiAsync("Restored", stage.Backend.Url, new JsonObject { ["description"] = "first" });
        var first = await RevisionAsync(id);
        var api = await Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        api["description"] = "second";
        api["operations"] = new JsonArray(new JsonObject { ["target"] = "/only", ["verb"] = "GET" });
        await Admin.PutAsync($"{Apis}/{id}", api).ExpectAsync(200);
        await RevisionAsync(id);

        var restored = await Admin.PostAsync($"{Apis}/{id}/restore-revision?revisionId={first}").ExpectAsync(201);
        Assert.Equal(("first", 5), ((string)restored["description"]!, restored["operations"]!.AsArray().Count));
        Assert.DoesNotContain("/only", (await Admin.GetAsync($"{Apis}/{id}/swagger")).Body);
        await Admin.PostAsync($"{Apis}/{id}/restore-revision?revisionId=nothing").ExpectErrorAsync(404, "900347");
        Assert.Empty((await Admin.GetAsync($"{Apis}/{id}/deployments").ExpectAsync(200))["list"]!.AsArray());
    }

    [Fact]
    public async Task Revisions_BeyondFiveOrDeployed_AreRefused()
    {
        var id = await stage.Portal.CreateApiAsync("Counted", stage.Backend.Url);
        var first = await RevisionAsync(id);
        for (var i = 0; i < 4; i++)
        {
            await RevisionAsync(id);
        }

        await Admin.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectErrorAsync(400, "900351");
        await DeployAsync(id, first, Place("Default"));
        await Admin.DeleteAsync($"{Apis}/{id}/revisions/{first}").ExpectErrorAsync(400, "900348");
        Assert.Equal(1, (int)(await Admin.GetAsync($"{Apis}/{id}/revisions?query=deployed:true").ExpectAsync(200))["count"]!);
        Assert.Equal(4, (int)(await Admin.GetAsync($"{Apis}/{id}/revisions?query=deployed:false").ExpectAsync(200))["count"]!);
        await Admin.GetAsync($"{Apis}/{id}/revisions?query=colour:red").ExpectErrorAsync(400, "400");

        await Admin.PostAsync($"{Apis}/{id}/undeploy-revision?revisionNumber=1&allEnvironments=true").ExpectAsync(201);
        var left = await Admin.DeleteAsync($"{Apis}/{id}/revisions/{first}").ExpectAsync(200);
        Assert.Equal(4, (int)left["count"]!);
        Assert.Equal("Revision 6", (string)(await Admin.PostAsync($"{Apis}/{id}/revisions", new JsonObject()).ExpectAsync(201))["displayName"]!);
    }

    [Fact]
    public async Task Deployment_OnASecondHost_IsServedUnderThatNameOnly()
    {
        var id = await stage.Portal.CreateApiAsync("Hosted", stage.Backend.Url, Open());
        var revision = await RevisionAsync(id);
        await DeployAsync(id, revision, Place("Default", "second.example.org"));
        await UntilAsync("/hosted/1.0.0/x", "second.example.org", 200);
        Assert.Equal(404, await CallAsync("/hosted/1.0.0/x", "localhost"));

        await Admin.PutAsync(
            $"{Apis}/{id}/deployments/{Base64Url.EncodeToString("Default"u8)}",
            new JsonObject { ["name"] = "Default", ["vhost"] = "localhost", ["displayOnDevportal"] = false }).ExpectAsync(200);
        await UntilAsync("/hosted/1.0.0/x", "localhost", 200);
        var deployment = (await Admin.GetAsync($"{Apis}/{id}/deployments").ExpectAsync(200))["list"]![0]!;
        Assert.Equal(("localhost", false), ((string)deployment["vhost"]!, (bool)deployment["displayOnDevportal"]!));
    }

    [Fact]
    public async Task Deployment_ToSeveralEnvironments_EndsWhereItIsTakenOff()
    {
        var id = await stage.Portal.CreateApiAsync("Spread", stage.Backend.Url, Open());
        var revision = await RevisionAsync(id);
        await DeployAsync(id, revision, Place("Default"), Place("Edge"));
        Assert.Equal(2, (await Admin.GetAsync($"{Apis}/{id}/deployments").ExpectAsync(200))["list"]!.AsArray().Count);
        await UntilAsync("/spread/1.0.0/x", "localhost", 200);

        var left = await Admin.PostAsync($"{Apis}/{id}/undeploy-revision?revisionId={revision}", new JsonArray(Place("Default"))).ExpectAsync(201);
        Assert.Equal("Edge", (string)Assert.Single(left.AsArray())!["name"]!);
        await Admin.PostAsync($"{Apis}/{id}/undeploy-revision?revisionId={revision}&allEnvironments=true").ExpectAsync(201);
        await UntilAsync("/spread/1.0.0/x", "localhost", 404);
    }

    [Theory]
    [InlineData("Nowhere", null)]
    [InlineData("Default", "other.example.org")]
    [InlineData("Edge", "second.example.org")]
    public async Task Deployment_ToAnEnvironmentOrHostThatIsNotThere_IsRefused(string environment, string? host)
    {
        var id = await stage.Portal.CreateApiAsync("Lost" + environment + host?.Length, stage.Backend.Url);
        var revision = await RevisionAsync(id);
        await Admin.PostAsync($"{Apis}/{id}/deploy-revision?revisionId={revision}", new JsonArray(Place(environment, host))).ExpectErrorAsync(400, "900504");
        await Admin.PutAsync($"{Apis}/{id}/deployments/Default", Place("Default")).ExpectErrorAsync(404, "404");
    }

    private async Task<string> RevisionAsync(string apiId) =>
        (string)(await Admin.PostAsync($"{Apis}/{apiId}/revisions", new JsonObject()).ExpectAsync(201))["id"]!;

    private async Task DeployAsync(string apiId, string revision, params JsonNode[] places) =>
        await Admin.PostAsync($"{Apis}/{apiId}/deploy-revision?revisionId={revision}", new JsonArray(places)).ExpectAsync(201);

    private async Task<int> CallAsync(string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, stage.Node.GatewayHttpUrl + path);
        request.Headers.Host = host;
        using var response = await Admin.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private Task UntilAsync(string path, string host, int status) => Wait.UntilAsync(
        $"{host}{path} to answer {status}", TimeSpan.FromSeconds(5), async () => await CallAsync(path, host) == status);

    private static JsonObject Place(string environment, string? host = null)
    {
        var place = new JsonObject { ["name"] = environment };
        if (host is not null)
        {
            place["vhost"] = host;
        }

        return place;
    }

    // Operations that anybody may call, so that a test of routes needs no token.
    private static JsonObject Open() => new()
    {
        ["operations"] = new JsonArray(new JsonObject { ["target"] = "/x", ["verb"] = "GET", ["authType"] = "None" }),
    };

    /// <summary>A node whose gateway serves two environments, one of them under two names.</summary>
    public sealed class TwoEnvironments : IAsyncLifetime
    {
        private readonly TestHome _home = new(
            """
            [apim.sync_runtime_artifacts.gateway]
            gateway_labels = ["Default", "Edge"]

            [[apim.gateway.environment]]
            name = "Default"

            [[apim.gateway.environment.virtual_host]]
            http_endpoint = "http://localhost:${http.nio.port}"
            https_endpoint = "https://localhost:${https.nio.port}"

            [[apim.gateway.environment.virtual_host]]
            http_endpoint = "http://second.example.org"
            https_endpoint = "https://second.example.org"

            [[apim.gateway.environment]]
            name = "Edge"
            """);

        private HttpClient _http = new();

        public TestNode Node { get; private set; } = null!;

        public TestBackend Backend { get; private set; } = null!;

        public Portal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Backend = await TestBackend.StartAsync();
            Node = await TestNode.StartAsync(_home);
            _http = Node.CreateClient();
            Portal = new Portal(Caller.Basic(_http, Node.ManagementUrl, "admin", TestHome.AdminPassword), Node.ManagementUrl);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await Node.DisposeAsync();
            await Backend.DisposeAsync();
            _home.Dispose();
        }
    }
}
