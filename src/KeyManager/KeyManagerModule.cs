using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.KeyManager.Issue;
using Tollgate.KeyManager.Register;
using Tollgate.KeyManager.Revoke;
using Tollgate.KeyManager.Verify;
using Tollgate.Model.Metrics;
using Tollgate.Model.Runtime;
using Tollgate.SignIn.Access;
using Tollgate.SignIn.Audit;

namespace Tollgate.KeyManager;

/// <summary>The face of the module.</summary>
public static class KeyManagerModule
{
    private const string ClientsAuthenticate = "OAuth clients authenticate in the request itself.";
    private const string PeopleAuthenticate = "People authenticate in the request itself, with a password or a token of this scope.";
    private const string PublicMetadata = "Public metadata of the OAuth server.";

    public static void AddKeyManager(this IServiceCollection services, KeyManagerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<ClientAuthentication>();
        services.AddSingleton<ScopeGrants>();
        services.AddSingleton<OpaqueTokens>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<UserTokens>();
        services.AddSingleton<ClientCredentialsGrant>();
        services.AddSingleton<PasswordGrant>();
        services.AddSingleton<RefreshTokenGrant>();
        services.AddSingleton<Grants>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<TokenEndpoint>().ReadMetrics));
        services.AddSingleton<RevocationEndpoint>();
        services.AddSingleton<IntrospectionEndpoint>();
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<ClientRules>();
        services.AddSingleton<ClientEndpoint>();
        services.AddSingleton<TokenQuestionEndpoint>();
        services.AddSingleton<JwksEndpoint>();
        services.AddSingleton<DiscoveryEndpoint>();
    }

    /// <summary>Makes the first signing key; before the node takes requests.</summary>
    public static Task PrepareKeyManagerAsync(this IServiceProvider services) => services.GetRequiredService<SigningKeys>().PrepareAsync();

    public static void MapKeyManager(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var discovery = services.GetRequiredService<DiscoveryEndpoint>();
        routes.MapPost("/oauth2/token", OAuthAnswer.Guard(services.GetRequiredService<TokenEndpoint>().HandleAsync)).OAuth();
        routes.MapPost("/oauth2/revoke", OAuthAnswer.Guard(services.GetRequiredService<RevocationEndpoint>().HandleAsync)).OAuth();
        routes.MapPost("/oauth2/introspect", OAuthAnswer.Guard(services.GetRequiredService<IntrospectionEndpoint>().HandleAsync)).OAuth();
        routes.MapPost("/client-registration/v0.17/register", services.GetRequiredService<ClientEndpoint>().HandleAsync).Open(PeopleAuthenticate);
        routes.MapGet(FeedNames.TokenPath + "/{hash}", services.GetRequiredService<TokenQuestionEndpoint>().HandleAsync).NodesOnly();
        routes.MapGet("/oauth2/jwks", services.GetRequiredService<JwksEndpoint>().HandleAsync).Open(PublicMetadata);
        foreach (var path in (string[])
            [
                "/oauth2/token/.well-known/openid-configuration",
                "/oauth2/oidcdiscovery/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server/oauth2/token",
            ])
        {
            routes.MapGet(path, discovery.HandleAsync).Open(PublicMetadata);
        }
    }

    private static void OAuth(this IEndpointConventionBuilder route) =>
        route.Open(ClientsAuthenticate).Unaudited("Tokens are no settings; what they are used for is audited where it happens.");
}
