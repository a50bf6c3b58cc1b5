using System.Net;
using System.Text;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>A scene whose API, operation, application and subscription can be given policies.</summary>
internal sealed class LimitedScene
{
    public const string User = "mary@carbon.super";
    public const string OperationPath = "/orders/1.0/thing";
    public const string FreePath = "/orders/1.0/free";

    private readonly string _token;

    public LimitedScene(KeyType keyType = KeyType.Production, string claims = "")
    {
        _token = claims.Length == 0 ? UserToken() : TokenWith(claims);
        Scene.Apply(change => change with
        {
            Credential = new RuntimeCredential(Scene.ConsumerKey, Scene.ApplicationId, keyType, 0),
            Kind = RuntimeKind.Credential,
        });
        Deploy(api => api);
    }

    public Scene Scene { get; } = new("oauth2");

    public void Deploy(Func<DeployedApi, DeployedApi> change, string? operationPolicy = null)
    {
        var api = Scene.Deployed(["oauth2"]);
        Scene.Apply(with => with with
        {
            Kind = RuntimeKind.Deployment,
            Deployment = change(api with
            {
                Operations =
                [
                    new DeployedOperation("GET", "/thing", "Any", operationPolicy, []),
                    new DeployedOperation("GET", "/free", AuthTypes.None, operationPolicy, []),
                ],
            }),
        });
    }

    public void Put(RuntimePolicy policy) =>
        Scene.Apply(change => change with { Id = $"{policy.Kind}:{policy.Name}", Kind = RuntimeKind.Policy, Policy = policy });

    public static RuntimePolicy Policy(PolicyKind kind, Quota? quota = null, Quota? burst = null, bool stops = true, string name = "P") =>
        new("carbon.super", kind, name, quota, burst, stops);

    public void Subscribe(string plan) => Scene.Apply(change => change with
    {
        Kind = RuntimeKind.Subscription,
        Subscription = new RuntimeSubscription("s", Scene.ApiId, Scene.ApplicationId, plan, SubscriptionState.Unblocked),
    });

    public void Register(string policy) => Scene.Apply(change => change with
    {
        Kind = RuntimeKind.Application,
        Application = new RuntimeApplication(Scene.ApplicationId, "carbon.super", "App", "owner", policy, "APPROVED"),
    });

    public SceneCall Signed(SceneCall? call = null) => (call ?? new SceneCall()) with { Headers = [Bearer, .. call?.Headers ?? []] };

    public string? Call(SceneCall? call = null) => Scene.Call(Signed(call));

    public string? CallFrom(string address) => Call(new SceneCall { Address = IPAddress.Parse(address) });

    public string? CallWith(string header, string value) => Call(new SceneCall { Headers = [(header, value)] });

    public string? CallWithQuery(string query) => Call(new SceneCall { Query = Encoding.ASCII.GetBytes(query) });

    private (string?, string?) Bearer => ("Authorization", "Bearer " + _token);

    private static JwtClaims Claims => new()
    {
        Issuer = Scene.Issuer,
        Subject = User,
        TokenId = "token-1",
        AuthorizedParty = Scene.ConsumerKey,
        AuthorizedUserType = "APPLICATION_USER",
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(Scene.Now - 100),
        ExpiresAt = DateTimeOffset.MaxValue.AddDays(-2),
    };

    private static string UserToken() => Scene.Sign("at+jwt", Claims);

    private static string TokenWith(string claims) => new JwtSigner(Scene.SigningKey).Sign("at+jwt", writer =>
    {
        Claims.WriteTo(writer);
        using var json = System.Text.Json.JsonDocument.Parse(claims);
        foreach (var claim in json.RootElement.EnumerateObject())
        {
            claim.WriteTo(writer);
        }
    });
}
