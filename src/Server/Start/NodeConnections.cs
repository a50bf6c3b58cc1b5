using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.DevPortal.Keys;
using Tollgate.Gateway;
using Tollgate.Gateway.Follow;
using Tollgate.Security.Fetch;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;
using Tollgate.SignIn.Nodes;

namespace Tollgate.Server.Start;

/// <summary>How modules of a node reach those that may run elsewhere: the key manager, and the control plane that a gateway follows.</summary>
/// <remarks>Over HTTP also where both are in this process, so that there is one path and it is always tested.</remarks>
internal sealed class NodeConnections(NodeSettings settings, NodeKeys keys, TlsCertificates management)
{
    /// <summary>Base URL of the key manager for people to see.</summary>
    public string KeyManagerUrl => settings.Profile.Has(Modules.KeyManager) ? settings.ManagementUrl : Others[0].GetLeftPart(UriPartial.Authority);

    private Uri OwnUrl => new($"https://localhost:{settings.Ports.ManagementHttps}");

    private IReadOnlyList<Uri> Others => [.. settings.Node.ControlNodes.Select(Authority)];

    /// <summary>Where the developer portal asks for tokens.</summary>
    public KeyManagerConnection KeyManager(ILogger<KeyManagerConnection> log) => settings.Profile.Has(Modules.KeyManager)
        ? new KeyManagerConnection(new NodesInTurn([OwnUrl]), ClientThatAccepts(OwnCertificate), log)
        : new KeyManagerConnection(new NodesInTurn(Others), ClientThatAccepts(NodeTrust.Of(keys.Trusted())), log);

    /// <summary>What the gateway follows.</summary>
    public ControlPlane ControlPlane(IServiceProvider provider) =>
        settings.Profile.Has(Modules.Sync) ? OwnControlPlane(provider) : OtherControlPlane(provider);

    /// <summary>Scheme, host and port of a node's address.</summary>
    public static Uri Authority(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        ? new Uri(url.GetLeftPart(UriPartial.Authority))
        : throw new ConfigurationException(
            $"apim.key_manager.service_url '{text}' must be the https address of a node with a key manager, like https://host:9443/services/.");

    private ControlPlane OwnControlPlane(IServiceProvider provider)
    {
        var tokens = provider.GetRequiredService<NodeTokens>();
        var node = provider.GetRequiredService<GatewayOptions>().Node;
        return new ControlPlane(
            new NodesInTurn([OwnUrl]), ClientThatAccepts(OwnCertificate), new NodeTokenSource(_ => Task.FromResult(tokens.Issue(node)), () => { }));
    }

    private ControlPlane OtherControlPlane(IServiceProvider provider)
    {
        var node = settings.Node;
        var nodes = new NodesInTurn(Others);
        var http = ClientThatAccepts(NodeTrust.Of(keys.Trusted()));
        var login = new ControlPlaneLogin(
            nodes, http, node.ControlPlaneUser, node.ControlPlanePassword, provider.GetRequiredService<GatewayOptions>().Node,
            provider.GetRequiredService<TimeProvider>());
        return new ControlPlane(nodes, http, new NodeTokenSource(login.GetAsync, login.Forget));
    }

    private bool OwnCertificate(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors) =>
        presented?.GetCertHashString() == management.CertificateFor(OwnUrl.Host).GetCertHashString();

    private static HttpMessageInvoker ClientThatAccepts(RemoteCertificateValidationCallback accepts) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = accepts },
    });
}
