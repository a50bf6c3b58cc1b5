using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Walks the route table of the real program: what is not meant to be open refuses everybody who lacks the right.</summary>
public sealed class RouteAccessTests(SharedNode shared)
{
    private const string WrongPassword = "wrong password";

    private static readonly bool Everything = Tier.IsAll;

    // Routes that anybody may call. A new one belongs here only after somebody thought about it.
    private static readonly string[] OpenRoutes =
    [
        "GET /.well-known/oauth-authorization-server/oauth2/token",
        "GET /api/am/devportal/v3/api-categories",
        "GET /api/am/devportal/v3/apis",
        "GET /api/am/devportal/v3/apis/{apiId}",
        "GET /api/am/devportal/v3/apis/{apiId}/comments",
        "GET /api/am/devportal/v3/apis/{apiId}/comments/{commentId}",
        "GET /api/am/devportal/v3/apis/{apiId}/comments/{commentId}/replies",
        "GET /api/am/devportal/v3/apis/{apiId}/documents",
        "GET /api/am/devportal/v3/apis/{apiId}/documents/{documentId}",
        "GET /api/am/devportal/v3/apis/{apiId}/documents/{documentId}/content",
        "GET /api/am/devportal/v3/apis/{apiId}/ratings",
        "GET /api/am/devportal/v3/apis/{apiId}/subscription-policies",
        "GET /api/am/devportal/v3/apis/{apiId}/swagger",
        "GET /api/am/devportal/v3/apis/{apiId}/thumbnail",
        "GET /api/am/devportal/v3/search",
        "GET /api/am/devportal/v3/tags",
        "GET /api/am/devportal/v3/tenants",
        "GET /api/am/devportal/v3/throttling-policies/{policyLevel}",
        "GET /api/am/devportal/v3/throttling-policies/{policyLevel}/{policyId}",
        "POST /api/am/devportal/v3/self-signup",
        "GET /api/am/gateway/v2/server-startup-healthcheck",
        "GET /admin/assets/{name}",
        "GET /devportal/assets/{name}",
        "GET /health/live",
        "GET /health/ready",
        "GET /metrics",
        "POST /client-registration/v0.17/register",
        "POST /internal/nodes/login",
        "POST /oauth2/introspect",
        "GET /oauth2/jwks",
        "GET /oauth2/oidcdiscovery/.well-known/openid-configuration",
        "POST /oauth2/revoke",
        "POST /oauth2/token",
        "GET /oauth2/token/.well-known/openid-configuration",
        "GET /publisher/assets/{name}",
        "GET /services/Version",
        "GET /store/{**rest}",
    ];

    // Pages that anybody may open, signed in or not.
    private static readonly string[] OpenPages =
    [
        "GET /admin/",
        "GET /admin/sign-in",
        "GET /devportal/",
        "GET /devportal/apis",
        "GET /devportal/apis/{apiId}",
        "GET /devportal/apis/{apiId}/definition",
        "GET /devportal/apis/{apiId}/documents/{documentId}",
        "GET /devportal/sign-in",
        "GET /devportal/sign-up",
        "GET /publisher/",
        "GET /publisher/sign-in",
        "POST /admin/sign-in",
        "POST /admin/sign-out",
        "POST /devportal/sign-in",
        "POST /devportal/sign-out",
        "POST /devportal/sign-up",
        "POST /publisher/sign-in",
        "POST /publisher/sign-out",
    ];

    [Fact]
    public async Task RouteTable_PagesForVisitors_AreThoseThatAreMeantToBe()
    {
        var open = (await Route.AllAsync()).Where(route => route.Access.StartsWith("page for visitors", StringComparison.Ordinal));
        Assert.Equal(OpenPages.Order(StringComparer.Ordinal), open.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RouteTable_OpenRoutes_AreThoseThatAreMeantToBe()
    {
        var routes = await Route.AllAsync();
        var open = routes.Where(route => route.Access.StartsWith("open", StringComparison.Ordinal)
            || route.Access.StartsWith("visitors", StringComparison.Ordinal)).Select(route => $"{route.Method} {route.Path}");
        Assert.Equal(OpenRoutes.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(routes, route => route.Access.StartsWith("closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManagementAndInternalRoutes_WithoutTheRight_RefuseEveryCaller()
    {
        var guarded = (await Route.AllAsync())
            .Where(route => route.Access.StartsWith("scope", StringComparison.Ordinal) || route.Access == "node token").ToList();
        Assert.True(guarded.Count > 50, $"only {guarded.Count} guarded routes were found");
        var (powerless, token) = await PowerlessAsync();
        var callers = new (string Name, AuthenticationHeaderValue? Credentials)[]
        {
            ("anonymous", null),
            (WrongPassword, Basic(powerless, "wrong-password")),
            ("token without the scope", new AuthenticationHeaderValue("Bearer", token)),
            ("forged token", new AuthenticationHeaderValue("Bearer", "eyJhbGciOiJub25lIn0.e30.")),
            ("broken Basic", new AuthenticationHeaderValue("Basic", "%%%")),
        };
        List<string> admitted = [];
        foreach (var (index, route) in guarded.Index())
        {
            // A wrong password costs a whole password hash, as it should; the quick run tries it on every tenth route.
            foreach (var (name, credentials) in callers.Where(caller => caller.Name != WrongPassword || Everything || index % 10 == 0))
            {
                var caller = new Caller(shared.Http, shared.Node.ManagementUrl, credentials);
                var path = route.With(_ => null);
                var answer = await caller.SendAsync(new HttpMethod(route.Method), path);
                if (answer.Code is not 401 || (route.Method != "HEAD" && answer.ErrorCode is not "401"))
                {
                    admitted.Add($"{route.Method} {route.Path} answered {answer.Code} to: {name}");
                }
            }
        }

        Assert.Empty(admitted);
    }

    [Fact]
    public async Task InternalRoutes_AdministratorsCredentials_AreRefused()
    {
        foreach (var route in (await Route.AllAsync()).Where(route => route.Access == "node token"))
        {
            await shared.Admin.SendAsync(new HttpMethod(route.Method), route.Path).ExpectErrorAsync(401, "401");
        }
    }

    [Fact]
    public async Task NodeLogin_UserWithoutTheAdministratorsScope_IsRefused()
    {
        var name = shared.NewName("developer");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/users",
            new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray("Internal/subscriber", "Internal/publisher") })
            .ExpectAsync(201);
        var developer = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1");
        Assert.Contains("apim:admin", await developer.PostAsync("/internal/nodes/login?node=mine").ExpectErrorAsync(401, "401"));
    }

    [Fact]
    public async Task NodeToken_OnManagementRoutes_IsRefused()
    {
        var login = await shared.Admin.SendAsync(HttpMethod.Post, "/internal/nodes/login?node=test");
        Assert.Equal(200, login.Code);
        var node = new Caller(shared.Http, shared.Node.ManagementUrl, new AuthenticationHeaderValue("Bearer", login.Body));
        Assert.Equal(200, (await node.GetAsync("/internal/runtime/changes?since=0&wait=0")).Code);
        await node.GetAsync(Portal.Publisher + "/apis").ExpectErrorAsync(401, "401");
    }

    [Fact]
    public async Task KnownPath_WithAnotherMethod_Answers405AndUnknownPath404()
    {
        var answer = await shared.Admin.SendAsync(HttpMethod.Patch, Portal.Publisher + "/apis");
        Assert.Equal((405, "405"), (answer.Code, answer.ErrorCode));
        await shared.Admin.GetAsync("/api/am/nothing").ExpectErrorAsync(404, "404");
    }

    // A user without roles: signed in, and permitted nothing.
    private async Task<(string Name, string Token)> PowerlessAsync()
    {
        var name = shared.NewName("powerless");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/users", new JsonObject { ["userName"] = name, ["password"] = "long-enough-1" }).ExpectAsync(201);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Tool"));
        var answer = await shared.Portal.TokenAnswerAsync(
            consumer, ("grant_type", "password"), ("username", name), ("password", "long-enough-1"), ("scope", "apim:admin apim:api_view"))
            .ExpectAsync(200);
        return (name, (string)answer["access_token"]!);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
