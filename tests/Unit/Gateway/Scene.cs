using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Gateway;
using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Cors;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Model.Events;
using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway;

/// <summary>A gateway's checks over a snapshot of one API, one application and what a test adds; no ports, no network.</summary>
internal sealed class Scene
{
    public const long Now = 1_800_000_000;
    public const string Issuer = "https://localhost:9443/oauth2/token";
    public const string ConsumerKey = "consumer";
    public const string ApiId = "api";
    public const string ApplicationId = "application";
    public const string ThingPath = "/orders/1.0/thing";

    public static readonly JsonWebKey SigningKey = JsonWebKey.Create(JwsAlgorithm.RS256, "scene");
    public static readonly OpaqueSecrets Secrets = new([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly LiveSnapshot _live = new();
    private readonly GatewayOptions _options = new();
    private readonly Pipeline _pipeline;
    private long _version;
    private byte[] _path = Encoding.ASCII.GetBytes(ThingPath);

    public Scene(params string[] schemes)
    {
        var counters = new CounterTable(new SharedClock(TimeProvider.System), isShared: false);
        Cache = new TokenCache(_options);
        _pipeline = new Pipeline(
            new CorsStage(_options),
            new AuthenticateStage(
                Cache, new OpaqueTokens(new TokenQuestions(KeyManager.ControlPlane, TimeProvider.System), Cache, NullLogger<OpaqueTokens>.Instance),
                Uses, new CatchUp(_live, TimeProvider.System)),
            new AuthorizeStage(counters), new ThrottleStage(counters, new AnonymousLimits(counters), new CustomLimits(counters),
                new PermitWait(counters, TimeProvider.System)));
        Apply(
            change => change with { SecretCheck = new RuntimeSecretCheck([.. Enumerable.Repeat((byte)7, 32)]), Kind = RuntimeKind.SecretCheck },
            change => change with { SigningKey = new RuntimeSigningKey("scene", Issuer, PublicJson(SigningKey)), Kind = RuntimeKind.SigningKey },
            change => change with { Api = new RuntimeApi(ApiId, LifecycleState.Published, false), Kind = RuntimeKind.Api },
            change => change with { Deployment = Deployed(schemes), Kind = RuntimeKind.Deployment },
            change => change with
            {
                Application = new RuntimeApplication(ApplicationId, "carbon.super", "App", "owner", "Unlimited", "APPROVED"),
                Kind = RuntimeKind.Application,
            },
            change => change with
            {
                Credential = new RuntimeCredential(ConsumerKey, ApplicationId, KeyType.Production, 0),
                Kind = RuntimeKind.Credential,
            },
            change => change with
            {
                Subscription = new RuntimeSubscription("s", ApiId, ApplicationId, "Unlimited", SubscriptionState.Unblocked),
                Kind = RuntimeKind.Subscription,
            });
    }

    public TokenCache Cache { get; }

    public KeyUses Uses { get; } = new();

    /// <summary>Whom the gateway asks about opaque tokens.</summary>
    public TestKeyManager KeyManager { get; } = new();

    public Exchange Exchange { get; } = new();

    /// <summary>Changes what the gateway knows.</summary>
    public void Apply(params Func<RuntimeChange, RuntimeChange>[] changes)
    {
        var editor = new SnapshotEditor(_live.Current, _live.Current.Keys, _options);
        foreach (var change in changes)
        {
            // The id of a thing is its kind, unless the test gives it one: there is one of each.
            var made = change(new RuntimeChange { Version = ++_version, Kind = RuntimeKind.Api, Id = "" });
            editor.Apply(made.Id.Length > 0 ? made : made with { Id = made.Kind.ToString() });
        }

        _live.Swap(editor.Build(new RuntimeCursor("epoch", _version), Now));
    }

    /// <summary>Adds an opaque key and returns its text.</summary>
    public string AddKey(Func<RuntimeApiKey, RuntimeApiKey>? more = null, string id = "key")
    {
        var text = Secrets.New(OpaqueKind.ApiKey);
        var key = new RuntimeApiKey(GeneratedSecret.Hash(text), ApplicationId, null, KeyType.Production, 0, null, null);
        Apply(change => change with { Id = id, Kind = RuntimeKind.ApiKey, ApiKey = more?.Invoke(key) ?? key });
        return text;
    }

    public void Remove(RuntimeKind kind, string id) => Apply(change => change with { Id = id, Kind = kind });

    /// <summary>A token under the scene's key.</summary>
    public static string Sign(string type, JwtClaims claims) => new JwtSigner(SigningKey).Sign(type, claims.WriteTo);

    /// <summary>Runs the checks; the fault's code, or null when the call goes on, or "suspend".</summary>
    public string? Call(
        string? header = null, string? value = null, string query = "", string address = "192.0.2.1", string? referer = null, long now = Now,
        string path = ThingPath)
    {
        _path = Encoding.ASCII.GetBytes(path);
        return CodeOf(Run(Lines(header, value, referer), Encoding.ASCII.GetBytes(query), IPAddress.Parse(address), now));
    }

    /// <summary>The same with any headers and a body, at a millisecond.</summary>
    public string? Call(SceneCall call)
    {
        _path = Encoding.ASCII.GetBytes(call.Path);
        Exchange.Begin(_live.Current, "id", call.Milliseconds, 0);
        return CodeOf(_pipeline.Run(View(Lines(call.Headers), call), Exchange));
    }

    /// <summary>Runs a call whose bytes are there already, so that allocations can be measured.</summary>
    public Verdict Run((byte[] Bytes, HeaderLine[] Lines) head, SceneCall call)
    {
        Exchange.Begin(_live.Current, "id", call.Milliseconds, 0);
        return _pipeline.Run(View(head, call), Exchange);
    }

    private RequestView View((byte[] Bytes, HeaderLine[] Lines) head, SceneCall call) => new()
    {
        Method = "GET"u8,
        Path = _path,
        Query = call.Query,
        Host = "localhost"u8,
        Headers = new HeaderLines(head.Bytes, head.Lines),
        IsHttps = true,
        ClientAddress = call.Address,
        ContentLength = call.Body,
        Now = call.Milliseconds,
    };

    /// <summary>Runs the checks of a call with a bearer token to their end, however often they wait.</summary>
    public async Task<string?> CallToEndAsync(string token, long now = Now)
    {
        var exchange = new Exchange();
        var head = Lines("Authorization", "Bearer " + token);
        exchange.Begin(_live.Current, "id", now * 1000, 0);
        var verdict = Check(head, [], IPAddress.Loopback, now, exchange);
        while (verdict.Step == Step.Suspend)
        {
            await exchange.Waiting!;
            exchange.Resume(_live.Current);
            verdict = Check(head, [], IPAddress.Loopback, now, exchange);
        }

        return CodeOf(verdict);
    }

    /// <summary>The same over bytes that are there already, so that allocations can be measured.</summary>
    public Verdict Run((byte[] Bytes, HeaderLine[] Lines) head, byte[] query, IPAddress address, long now)
    {
        Exchange.Begin(_live.Current, "id", now * 1000, 0);
        return Check(head, query, address, now, Exchange);
    }

    private Verdict Check((byte[] Bytes, HeaderLine[] Lines) head, byte[] query, IPAddress address, long now, Exchange exchange) => _pipeline.Run(
        new RequestView
        {
            Method = "GET"u8,
            Path = _path,
            Query = query,
            Host = "localhost"u8,
            Headers = new HeaderLines(head.Bytes, head.Lines),
            IsHttps = true,
            ClientAddress = address,
            ContentLength = 0,
            Now = now * 1000,
        },
        exchange);

    private static string? CodeOf(Verdict verdict) => verdict.Step switch
    {
        Step.Continue => null,
        Step.Suspend => "suspend",
        _ => verdict.Fault!.Code,
    };

    public static (byte[] Bytes, HeaderLine[] Lines) Lines(string? header, string? value, string? referer = null) =>
        Lines((header, value), ("Referer", referer));

    public static (byte[] Bytes, HeaderLine[] Lines) Lines(params IReadOnlyList<(string? Name, string? Text)> headers)
    {
        var bytes = new List<byte>();
        List<HeaderLine> lines = [];
        foreach (var (name, text) in headers)
        {
            if (name is not null && text is not null)
            {
                lines.Add(new HeaderLine(bytes.Count, name.Length, bytes.Count + name.Length, text.Length));
                bytes.AddRange(Encoding.Latin1.GetBytes(name + text));
            }
        }

        return ([.. bytes], [.. lines]);
    }

    public static DeployedApi Deployed(IReadOnlyList<string> schemes) => new()
    {
        ApiId = ApiId,
        Environment = "Default",
        Organization = "carbon.super",
        Name = "Orders",
        Version = "1.0",
        Provider = "admin",
        Context = "/orders/1.0",
        Transports = ["http", "https"],
        SecuritySchemes = schemes,
        ProductionEndpoint = "http://backend",
        SandboxEndpoint = "http://backend",
        Operations =
        [
            new DeployedOperation("GET", "/thing", "Any", null, []),
            new DeployedOperation("GET", "/scoped", "Any", null, ["orders:read"]),
            new DeployedOperation("GET", "/personal", AuthTypes.ApplicationUser, null, []),
        ],
    };

    private static string PublicJson(JsonWebKey key)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            key.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
