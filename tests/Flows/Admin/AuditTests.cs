using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Flows.Harness;
using Tollgate.Flows.Pages;

namespace Tollgate.Flows.Admin;

/// <summary>The audit log of the real program: nothing that changes something gets past it.</summary>
public sealed partial class AuditTests(SharedNode shared)
{
    // Routes that change something and are not audited, each for the reason it states. A new one belongs here only after somebody thought about it.
    private static readonly string[] Unaudited =
    [
        "POST /admin/sign-in", "POST /admin/sign-out", "POST /devportal/sign-in", "POST /devportal/sign-out", "POST /internal/api-keys/used",
        "POST /internal/nodes/login", "POST /oauth2/introspect", "POST /oauth2/revoke", "POST /oauth2/token",
        "POST /publisher/apis/{apiId}/endpoints/test", "POST /publisher/sign-in", "POST /publisher/sign-out",
    ];

    private const string Log = $"{Portal.Admin}/audit-log";

    [Fact]
    public async Task Change_OfAResource_IsRecordedWithBothStatesAndWithoutSecrets()
    {
        var name = shared.NewName("audited");
        var user = new JsonObject { ["userName"] = name, ["password"] = "never-written-down-1" };
        var id = (string)(await shared.Admin.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201))["id"]!;
        var path = $"{Portal.Admin}/users/{id}";
        await shared.Admin.PutAsync(path, new JsonObject { ["roles"] = new JsonArray("Internal/creator") }).ExpectAsync(200);
        await shared.Admin.PutAsync(path, new JsonObject { ["roles"] = new JsonArray("no-such-role") }).ExpectErrorAsync(400, "900601");
        await shared.Admin.DeleteAsync(path).ExpectAsync(200);

        var entries = (await ListAsync($"route={Portal.Admin}/users/{{userId}}&user=admin&limit=1000"))
            .Where(entry => (string)entry["target"]! == path).Reverse().ToList();
        Assert.Equal([200, 400, 200], entries.Select(entry => (int)entry["status"]!));
        var change = entries[0]["details"]!;
        Assert.Empty(change["before"]!["roles"]!.AsArray());
        Assert.Equal("Internal/creator", (string)change["after"]!["roles"]![0]!);
        Assert.Equal(name, (string)entries[2]["details"]!["before"]!["userName"]!);
        Assert.Contains("no-such-role", (string)entries[1]["details"]!["problem"]!);
        Assert.All(entries, entry => Assert.NotEmpty((string)entry["correlationId"]!));

        var created = (await ListAsync($"route={Portal.Admin}/users&method=POST&limit=1000")).Single(entry => entry.ToJsonString().Contains(name));
        Assert.Equal("***", (string)created["details"]!["request"]!["password"]!);
        Assert.True((bool)(await shared.Admin.GetAsync($"{Log}/verification").ExpectAsync(200))["whole"]!);
    }

    [Fact(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.OwnNode)]
    public async Task EveryChangingRoute_Called_StandsInTheLog()
    {
        using var home = new TestHome();
        var (code, output, _) = await Programs.RunAsync(TestNode.ProgramPath, "routes", "--home", home.Path);
        Assert.Equal(0, code);
        var routes = Line().Matches(output).Select(line => (Method: line.Groups[1].Value, Path: line.Groups[2].Value))
            .Where(route => route.Method is not ("GET" or "HEAD") && !Unaudited.Contains($"{route.Method} {route.Path}")).ToList();
        Assert.True(routes.Count > 50, $"only {routes.Count} changing routes were found");

        await using var node = new TestNode(home);
        await node.StartAsync();
        using var http = node.CreateClient();
        var admin = Caller.Basic(http, node.ManagementUrl, "admin", TestHome.AdminPassword);
        using var visitor = new PortalVisitor(node);
        foreach (var path in routes.Select(route => route.Path).Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            await SendFormAsync(visitor, path);
        }

        foreach (var (method, path) in routes)
        {
            // Names nothing and says nothing: refused everywhere, and recorded all the same. Of visitors only what succeeds is.
            var body = path.EndsWith("/self-signup", StringComparison.Ordinal)
                ? new JsonObject { ["username"] = "visitor", ["password"] = People.Password }.ToJsonString()
                : "[";
            await admin.SendAsync(
                new HttpMethod(method), Parameter().Replace(path, "00000000-0000-0000-0000-000000000000"),
                new StringContent(body, Encoding.UTF8, "application/json"));
        }

        var seen = new HashSet<string>();
        for (var offset = 0; ; offset += 1000)
        {
            var page = await admin.GetAsync($"{Log}?limit=1000&offset={offset}").ExpectAsync(200);
            seen.UnionWith(page["list"]!.AsArray().Select(entry => $"{entry!["method"]} {entry["route"]}"));
            if (offset + 1000 >= (int)page["pagination"]!["total"]!)
            {
                break;
            }
        }

        Assert.Empty(routes.Select(route => $"{route.Method} {route.Path}").Except(seen));
        Assert.True((bool)(await admin.GetAsync($"{Log}/verification").ExpectAsync(200))["whole"]!);
    }

    // A form of the page that asks to sign in is as good as any: its token is that of the session.
    private static async Task SendFormAsync(PortalVisitor visitor, string path)
    {
        var portal = path.Split('/')[1];
        if (portal is "admin" or "devportal" or "publisher")
        {
            var signIn = $"/{portal}/sign-in";
            await visitor.SignInAsync(portal, "admin", TestHome.AdminPassword);
            var token = PortalVisitor.TokenOf(await visitor.GetAsync(signIn));
            await visitor.PostAsync(Parameter().Replace(path, "00000000-0000-0000-0000-000000000000"), ("form_token", token), ("name", "/"));
        }
    }

    [Fact]
    public async Task Log_ForOthers_IsClosed()
    {
        var name = shared.NewName("curious");
        var user = new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray("Internal/publisher") };
        await shared.Admin.PostAsync($"{Portal.Admin}/users", user).ExpectAsync(201);
        var caller = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1");
        await caller.GetAsync(Log).ExpectErrorAsync(401, "401");
        await shared.Admin.DeleteAsync(Log).ExpectErrorAsync(405, "405");
    }

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string query) =>
        [.. (await shared.Admin.GetAsync($"{Log}?{query}").ExpectAsync(200))["list"]!.AsArray().Select(entry => entry!)];

    [GeneratedRegex(@"^(\S+)\s+(\S+)\s+\[(.*)\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
