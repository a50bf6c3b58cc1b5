using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;

namespace Tollgate.Micro;

/// <summary>A snapshot with a published, subscribed and limited API, and a request that calls it.</summary>
internal sealed class PublishedApi
{
    private const string Issuer = "https://localhost:9443/oauth2/token";
    private const string ConsumerKey = "consumer-key";

    private readonly byte[] _bytes;
    private readonly HeaderLine[] _lines;
    private readonly int _pathLength;

    public PublishedApi(DateTimeOffset now)
    {
        Now = now.ToUnixTimeMilliseconds();
        var key = JsonWebKey.Create(JwsAlgorithm.RS256);
        Snapshot = SnapshotOf(key);
        var token = new JwtSigner(key).Sign("at+jwt", ClaimsAt(now).WriteTo);
        const string Path = "/petstore/1.0.0/pets/7";
        const string Name = "Authorization";
        var value = "Bearer " + token;
        _pathLength = Path.Length;
        _bytes = Encoding.ASCII.GetBytes(Path + Name + value);
        _lines = [new HeaderLine(Path.Length, Name.Length, Path.Length + Name.Length, value.Length)];
    }

    /// <summary>A control plane that nothing here asks.</summary>
    public static ControlPlane Unreachable { get; } = new(
        new Uri("https://localhost"), new HttpMessageInvoker(new SocketsHttpHandler()), new NodeTokenSource(_ => Task.FromResult(""), () => { }));

    public Snapshot Snapshot { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; }

    public RequestView Request => new()
    {
        Method = "GET"u8,
        Path = _bytes.AsSpan(0, _pathLength),
        Host = "localhost"u8,
        Headers = new HeaderLines(_bytes, _lines),
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

    private static Snapshot SnapshotOf(JsonWebKey key)
    {
        var editor = new SnapshotEditor(Snapshot.Empty, IssuerKeys.None, new GatewayOptions());
        foreach (var change in Changes(key))
        {
            editor.Apply(change);
        }

        return editor.Build(new RuntimeCursor("bench", 1), 0);
    }

    private static IEnumerable<RuntimeChange> Changes(JsonWebKey key)
    {
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
}
