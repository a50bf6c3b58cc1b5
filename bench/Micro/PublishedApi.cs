using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Fetch;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;

namespace Tollgate.Micro;

/// <summary>A snapshot with a published, subscribed and limited API, and a request that calls it.</summary>
internal sealed class PublishedApi
{
    private const string Issuer = "https://localhost:9443/oauth2/token";
    private const string ConsumerKey = "consumer-key";

    private const string Path = "/petstore/1.0.0/pets/7";
    private static readonly byte[] SecretKey = new byte[32];

    private readonly Head _token;
    private readonly Head _key;

    public PublishedApi(DateTimeOffset now)
    {
        Now = now.ToUnixTimeMilliseconds();
        var key = JsonWebKey.Create(JwsAlgorithm.RS256);
        var apiKey = new OpaqueSecrets(SecretKey).New(OpaqueKind.ApiKey);
        Snapshot = SnapshotOf(key, apiKey);
        var token = new JwtSigner(key).Sign("at+jwt", ClaimsAt(now).WriteTo);
        Token = Encoding.ASCII.GetBytes(token);
        _token = new Head(Path, "Authorization", "Bearer " + token);
        _key = new Head("/petstore/1.0.0/pets", "ApiKey", apiKey);
    }

    /// <summary>A control plane that nothing here asks.</summary>
    public static ControlPlane Unreachable { get; } = new(
        new NodesInTurn([new Uri("https://localhost")]), new HttpMessageInvoker(new SocketsHttpHandler()),
        new NodeTokenSource(_ => Task.FromResult(""), () => { }));

    public Snapshot Snapshot { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; }

    /// <summary>The access token's text.</summary>
    public byte[] Token { get; }

    /// <summary>A call with an access token.</summary>
    public RequestView Request => View(_token);

    /// <summary>A call with an API key that is good for this address.</summary>
    public RequestView RequestWithKey => View(_key);

    private RequestView View(Head head) => new()
    {
        Method = "GET"u8,
        Path = head.Bytes.AsSpan(0, head.PathLength),
        Host = "localhost"u8,
        Headers = new HeaderLines(head.Bytes, head.Lines),
        IsHttps = true,
        ClientAddress = IPAddress.Loopback,
        ContentLength = 0,
        Now = Now,
    };

    private static JwtClaims ClaimsAt(DateTimeOffset now) => new()
    {
        Issuer = Issuer,
        Subject = ConsumerKey,
        AuthorizedParty = ConsumerKey,
        TokenId = "token",
        IssuedAt = now,
        ExpiresAt = now.AddHours(1),
        Scopes = ["read:pets"],
    };

    private static Snapshot SnapshotOf(JsonWebKey key, string apiKey)
    {
        var editor = new SnapshotEditor(Snapshot.Empty, IssuerKeys.None, new GatewayOptions());
        foreach (var change in Changes(key, apiKey))
        {
            editor.Apply(change);
        }

        return editor.Build(new RuntimeCursor("bench", 1), 0);
    }

    private static IEnumerable<RuntimeChange> Changes(JsonWebKey key, string apiKey)
    {
        yield return Change(RuntimeKind.SecretCheck, "secrets") with { SecretCheck = new RuntimeSecretCheck(SecretKey) };
        yield return Change(RuntimeKind.ApiKey, "api-key") with
        {
            ApiKey = new RuntimeApiKey(GeneratedSecret.Hash(apiKey), "app", null, KeyType.Production, 0, "10.0.0.0/8, 127.0.0.1", null),
        };
        yield return Change(RuntimeKind.SigningKey, "key") with { SigningKey = new RuntimeSigningKey("key", Issuer, PublicJson(key)) };
        yield return Change(RuntimeKind.Policy, "plan") with
        {
            Policy = new RuntimePolicy(
                "carbon.super", PolicyKind.Subscription, "Gold", new Quota(QuotaKind.Requests, long.MaxValue, "min", 1), null, true),
        };
        yield return Change(RuntimeKind.Api, "api") with { Api = new RuntimeApi("api", LifecycleState.Published, false) };
        yield return Change(RuntimeKind.Application, "app") with
        {
            Application = new RuntimeApplication("app", "carbon.super", "App", "admin", "Unlimited", "APPROVED"),
        };
        yield return Change(RuntimeKind.Credential, ConsumerKey) with
        {
            Credential = new RuntimeCredential(ConsumerKey, "app", KeyType.Production, 0),
        };
        yield return Change(RuntimeKind.Subscription, "sub") with
        {
            Subscription = new RuntimeSubscription("sub", "api", "app", "Gold", SubscriptionState.Unblocked),
        };
        yield return Change(RuntimeKind.Deployment, "deployment") with { Deployment = Deployed() };
    }

    private static DeployedApi Deployed() => new()
    {
        ApiId = "api",
        Environment = "Default",
        Organization = "carbon.super",
        Name = "Petstore",
        Version = "1.0.0",
        Provider = "admin",
        Context = "/petstore/1.0.0",
        Transports = ["http", "https"],
        SecuritySchemes = ["oauth2", "api_key"],
        ProductionEndpoint = "http://localhost:9763/samples/petstore",
        Operations =
        [
            new DeployedOperation("GET", "/pets", "Any", null, []),
            new DeployedOperation("GET", "/pets/{id}", "Any", null, ["read:pets"]),
            new DeployedOperation("POST", "/pets", "Any", null, ["write:pets"]),
        ],
    };

    private static RuntimeChange Change(RuntimeKind kind, string id) => new() { Version = 1, Kind = kind, Id = id };

    private static string PublicJson(JsonWebKey key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            key.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class Head(string path, string name, string value)
    {
        public byte[] Bytes { get; } = Encoding.ASCII.GetBytes(path + name + value);

        public HeaderLine[] Lines { get; } = [new(path.Length, name.Length, path.Length + name.Length, value.Length)];

        public int PathLength => path.Length;
    }
}
