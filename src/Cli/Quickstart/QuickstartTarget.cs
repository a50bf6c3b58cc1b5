using System.Security.Cryptography.X509Certificates;

namespace Tollgate.Cli.Quickstart;

/// <summary>The node that the quickstart tells its story on.</summary>
/// <param name="ManagementUrl">Base URL of the REST APIs.</param>
/// <param name="GatewayUrl">Base URL of the gateway.</param>
/// <param name="BackendUrl">URL of the sample backend.</param>
/// <param name="Certificate">The certificate both of them show.</param>
/// <param name="BearerToken">A token that may publish and subscribe.</param>
/// <param name="KeysFile">Where the sample application's keys are kept for the next start.</param>
public sealed record QuickstartTarget(
    string ManagementUrl, string GatewayUrl, string BackendUrl, X509Certificate2 Certificate, string BearerToken, string KeysFile);
