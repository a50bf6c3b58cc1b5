using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Bad input: each a clear 4xx with its code, and nothing saved.</summary>
public sealed class BadInputTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";
    private const string Import = Apis + "/import-openapi";

    private Caller Admin => shared.Admin;

    public static TheoryData<string, string, string> Documents => new()
    {
        { "malformed JSON", "{\"openapi\": \"3.0.0\", ", "900754" },
        { "malformed YAML", "openapi: 3.0.0\n\tinfo: [", "900754" },
        { "no OpenAPI at all", "{\"hello\": 1}", "900754" },
        { "Swagger 1.2", "{\"swagger\": \"1.2\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {}}", "900754" },
        { "a $ref to a file", Document("\"$ref\": \"file:///etc/passwd\""), "900754" },
        { "a $ref to a private address", Document("\"$ref\": \"http://169.254.169.254/latest/meta-data\""), "900754" },
        { "a relative $ref", Document("\"$ref\": \"../../secrets.json\""), "900754" },
        { "an alias bomb", AliasBomb(), "900754" },
        { "endless nesting", new string('[', 100_000), "900754" },
        { "a duplicate key", "{\"openapi\": \"3.0.0\", \"openapi\": \"3.0.1\"}", "900754" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task ImportOpenApi_BadDocument_IsRefusedAndNothingIsSaved(string what, string document, string code)
    {
        var name = shared.NewName("Bad");
        var description = await ImportAsync(name, document).ExpectErrorAsync(400, code);
        Assert.False(description.Contains(" at System.", StringComparison.Ordinal), $"{what}: {description}");
        await NothingSavedAsync(name);
    }

    [Fact]
    public async Task ImportOpenApi_OverTheSizeLimit_Answers413()
    {
        var name = shared.NewName("Huge");
        var document = Document("\"description\": \"" + new string('x', 11 * 1024 * 1024) + "\"");
        await ImportAsync(name, document).ExpectErrorAsync(413, "413");
        await NothingSavedAsync(name);
    }

    [Theory]
    [InlineData("{\"n\u00ffme\": 1}")]
    [InlineData("{\"name\": \"\u00ff\"}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("{\"endpointConfig\": {\"\\ud800\": \"\\ud800\"}}")]
    public async Task CreateApi_StringThatIsNoText_Answers400(string body)
    {
        // Latin-1: the byte FF begins no UTF-8 sequence.
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) { Headers = { { "Content-Type", "application/json" } } };
        await Admin.SendAsync(HttpMethod.Post, Apis, content).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task CreateApi_ContextOfAnotherApi_Answers409()
    {
        var name = shared.NewName("Taken");
        await shared.Portal.CreateApiAsync(name, shared.Backend.Url);
        var other = shared.NewName("Other");
        await Admin.PostAsync(Apis, Api(other, context: "/" + name.ToLowerInvariant())).ExpectErrorAsync(409, "900251");
        await NothingSavedAsync(other);
    }

    [Fact]
    public async Task CreateApi_NameThatDiffersOnlyInCase_Answers409()
    {
        var name = shared.NewName("Cased");
        await shared.Portal.CreateApiAsync(name, shared.Backend.Url);
        await Admin.PostAsync(Apis, Api(name.ToUpperInvariant(), context: "/" + name.ToLowerInvariant())).ExpectErrorAsync(409, "900250");
    }

    [Theory]
    [InlineData("name", "a/b", "903240")]
    [InlineData("name", "", "903240")]
    [InlineData("name", "../../etc", "903240")]
    [InlineData("context", "/../admin", "900346")]
    [InlineData("context", "/a//b", "900346")]
    [InlineData("context", "/a b", "900346")]
    [InlineData("version", "1.0/../2", "903243")]
    [InlineData("version", "..", "903243")]
    [InlineData("context", "/%2e%2e/x", "900346")]
    public async Task CreateApi_PathLikeOrEmptyNames_AreRefused(string field, string value, string code)
    {
        var name = shared.NewName("Odd");
        var api = Api(name);
        api[field] = value;
        await Admin.PostAsync(Apis, api).ExpectErrorAsync(400, code);
        await NothingSavedAsync(name);
    }

    [Fact]
    public async Task CreateApi_UnknownPolicyUnknownFieldWrongTypeOrBrokenJson_IsRefusedWithTheReason()
    {
        var name = shared.NewName("Wrong");
        var unknownPlan = Api(name);
        unknownPlan["policies"] = new JsonArray("Platinum");
        Assert.Contains("Platinum", await Admin.PostAsync(Apis, unknownPlan).ExpectErrorAsync(400, "900305"));

        var unknownField = Api(name);
        unknownField["colour"] = "red";
        Assert.Contains("colour", await Admin.PostAsync(Apis, unknownField).ExpectErrorAsync(400, "400"));

        var wrongType = Api(name);
        wrongType["tags"] = 7;
        Assert.Contains("tags", await Admin.PostAsync(Apis, wrongType).ExpectErrorAsync(400, "400"));

        var nullInList = Api(name);
        nullInList["tags"] = new JsonArray("a", null);
        await Admin.PostAsync(Apis, nullInList).ExpectErrorAsync(400, "400");

        await Admin.SendAsync(HttpMethod.Post, Apis, Text("{\"name\": ")).ExpectErrorAsync(400, "400");
        await Admin.SendAsync(HttpMethod.Post, Apis, Text("{\"name\": \"a\", \"name\": \"b\"}")).ExpectErrorAsync(400, "400");
        await Admin.SendAsync(HttpMethod.Post, Apis, new StringContent("name=a", Encoding.UTF8, "text/plain")).ExpectErrorAsync(415, "415");
        await NothingSavedAsync(name);
    }

    [Fact]
    public async Task Publish_WithoutEndpointOrPlan_IsRefusedAndStaysCreated()
    {
        var noEndpoint = Api(shared.NewName("Endless"));
        noEndpoint.Remove("endpointConfig");
        var id = (string)(await Admin.PostAsync(Apis, noEndpoint).ExpectAsync(201))["id"]!;
        await Admin.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action=Publish").ExpectErrorAsync(400, "903223");

        var noPlan = Api(shared.NewName("Planless"));
        noPlan["policies"] = new JsonArray();
        id = (string)(await Admin.PostAsync(Apis, noPlan).ExpectAsync(201))["id"]!;
        await Admin.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action=Publish").ExpectErrorAsync(400, "903224");
        await Admin.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action=Explode").ExpectErrorAsync(400, "903234");
        Assert.Equal("CREATED", (string)(await Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200))["lifeCycleStatus"]!);
    }

    [Fact]
    public async Task Update_WithAnOldETag_Answers412AndLosesNothing()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Edited"), shared.Backend.Url);
        var first = await Admin.GetAsync($"{Apis}/{id}");
        var etag = first.Header("ETag")!;
        var mine = first.Json.AsObject();
        mine["description"] = "mine";
        await Admin.PutAsync($"{Apis}/{id}", mine, etag).ExpectAsync(200);

        var theirs = first.Json.AsObject();
        theirs["description"] = "theirs";
        await Admin.PutAsync($"{Apis}/{id}", theirs, etag).ExpectErrorAsync(412, "412");
        Assert.Equal("mine", (string)(await Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200))["description"]!);
    }

    // The server answers as soon as it has seen enough and hangs up: a client that only reads once it has written everything may miss that.
    [Theory]
    [InlineData("management")]
    [InlineData("gateway")]
    [InlineData("gateway, HTTP")]
    public async Task Request_HeaderOfAMegabyte_IsRefused(string port)
    {
        var url = port switch
        {
            "management" => shared.Node.ManagementUrl + Apis,
            "gateway" => shared.Node.GatewayUrl + "/any/1.0.0/x",
            _ => shared.Node.GatewayHttpUrl + "/any/1.0.0/x",
        };
        var answer = await RawClient.ExchangeAsync(new Uri(url), $"X-Large: {new string('x', 1024 * 1024)}");
        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DevPortal_MistakesOfDevelopers_AreRefusedWithTheFieldsCodes()
    {
        var api = await shared.Portal.PublishAsync(shared.NewName("Shop"), shared.Backend.Url);
        var draft = await shared.Portal.CreateApiAsync(shared.NewName("Draft"), shared.Backend.Url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Dev"));
        const string Subscriptions = Portal.DevPortal + "/subscriptions";
        JsonObject Wish(string apiId, string plan) => new() { ["apiId"] = apiId, ["applicationId"] = consumer.ApplicationId, ["throttlingPolicy"] = plan };

        await Admin.PostAsync(Subscriptions, Wish(api, "Silver")).ExpectErrorAsync(403, "902002");
        await Admin.PostAsync(Subscriptions, Wish(draft, "Gold")).ExpectErrorAsync(403, "403");
        await Admin.PostAsync(Subscriptions, Wish("no-such-api", "Gold")).ExpectErrorAsync(404, "900308");
        await Admin.PostAsync(Subscriptions, Wish(api, "Gold")).ExpectAsync(201);
        await Admin.PostAsync(Subscriptions, Wish(api, "Gold")).ExpectErrorAsync(409, "409");
        await Admin.GetAsync(Subscriptions).ExpectErrorAsync(400, "400");
        await Admin.DeleteAsync($"{Apis}/{api}").ExpectErrorAsync(409, "409");

        var application = await Admin.GetAsync($"{Portal.DevPortal}/applications/{consumer.ApplicationId}").ExpectAsync(200);
        var name = (string)application["name"]!;
        JsonObject Application(string wanted, string policy) => new() { ["name"] = wanted, ["throttlingPolicy"] = policy };
        await Admin.PostAsync(Portal.DevPortal + "/applications", Application(name.ToUpperInvariant(), "Unlimited")).ExpectErrorAsync(409, "900301");
        await Admin.PostAsync(Portal.DevPortal + "/applications", Application(" x ", "Unlimited")).ExpectErrorAsync(400, "400");
        await Admin.PostAsync(Portal.DevPortal + "/applications", Application("x", "Nothing")).ExpectErrorAsync(400, "900305");
        await Admin.GetAsync(Portal.DevPortal + "/applications?limit=0").ExpectErrorAsync(400, "400");
        await Admin.GetAsync(Portal.DevPortal + "/applications/" + Guid.NewGuid()).ExpectErrorAsync(404, "900307");
    }

    [Fact]
    public async Task Applications_OfAnotherUser_ReadAsNotThere()
    {
        var mine = await shared.Portal.ConsumerAsync(shared.NewName("Mine"));
        var name = shared.NewName("dev");
        await Admin.PostAsync(
            $"{Portal.Admin}/users",
            new JsonObject { ["userName"] = name, ["password"] = "long-enough-1", ["roles"] = new JsonArray("Internal/subscriber") }).ExpectAsync(201);
        var other = Caller.Basic(shared.Http, shared.Node.ManagementUrl, name, "long-enough-1");
        var path = $"{Portal.DevPortal}/applications/{mine.ApplicationId}";
        await other.GetAsync(path).ExpectErrorAsync(404, "900307");
        await other.DeleteAsync(path).ExpectErrorAsync(404, "900307");
        await other.PostAsync(path + "/generate-keys", new JsonObject { ["keyType"] = "SANDBOX", ["grantTypesToBeSupported"] = new JsonArray("password") })
            .ExpectErrorAsync(404, "900307");
        await other.PostAsync($"{path}/oauth-keys/{mine.KeyMappingId}/regenerate-secret").ExpectErrorAsync(404, "900307");
        Assert.Empty((await other.GetAsync($"{Portal.DevPortal}/applications").ExpectAsync(200))["list"]!.AsArray());
    }

    [Fact]
    public async Task TokenEndpoint_BadRequests_AnswerAsRfc6749Says()
    {
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Client"));
        async Task ExpectAsync(int status, string error, params (string, string)[] form) =>
            Assert.Equal(error, (string)(await shared.Portal.TokenAnswerAsync(consumer, form).ExpectAsync(status))["error"]!);

        await ExpectAsync(400, "invalid_request");
        await ExpectAsync(400, "unsupported_grant_type", ("grant_type", "magic"));
        await ExpectAsync(400, "invalid_grant", ("grant_type", "password"), ("username", "admin"), ("password", "wrong"));
        await ExpectAsync(400, "invalid_grant", ("grant_type", "refresh_token"), ("refresh_token", "nonsense"));
        await ExpectAsync(400, "invalid_request", ("grant_type", "client_credentials"), ("grant_type", "password"));
        var stranger = consumer with { ConsumerSecret = "wrong" };
        var refused = await shared.Portal.TokenAnswerAsync(stranger, ("grant_type", "client_credentials"));
        Assert.Equal(401, refused.Code);
        Assert.StartsWith("Basic", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    private Task<Answer> ImportAsync(string name, string document)
    {
        var settings = new JsonObject { ["name"] = name, ["version"] = "1.0.0", ["context"] = "/" + name.ToLowerInvariant() };
        var form = new MultipartFormDataContent
        {
            { new StringContent(document), "file", "openapi.json" },
            { new StringContent(settings.ToJsonString()), "additionalProperties" },
        };
        return Admin.SendAsync(HttpMethod.Post, Import, form);
    }

    private async Task NothingSavedAsync(string name)
    {
        var found = await Admin.GetAsync($"{Apis}?query=name:{name}").ExpectAsync(200);
        Assert.Equal(0, (int)found["pagination"]!["total"]!);
    }

    private JsonObject Api(string name, string? context = null) => new()
    {
        ["name"] = name,
        ["version"] = "1.0.0",
        ["context"] = context ?? "/" + name.ToLowerInvariant(),
        ["policies"] = new JsonArray("Unlimited"),
        ["endpointConfig"] = Portal.Endpoint(shared.Backend.Url),
    };

    private static StringContent Text(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static string Document(string member) =>
        "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {\"/a\": {\"get\": {\"responses\": {\"200\": "
        + "{\"description\": \"ok\", \"content\": {\"application/json\": {\"schema\": {" + member + "}}}}}}}}}";

    // Nine levels of nine references each: a few hundred bytes that would become hundreds of millions of nodes.
    private static string AliasBomb()
    {
        var text = new StringBuilder("openapi: 3.0.0\ninfo: {title: t, version: '1'}\npaths: {}\nx0: &x0 [lol]\n");
        for (var level = 1; level <= 9; level++)
        {
            text.Append($"x{level}: &x{level} [{string.Join(", ", Enumerable.Repeat($"*x{level - 1}", 9))}]\n");
        }

        return text.ToString();
    }
}
