using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Model.Settings;
using Tollgate.Storage.Runtime;

namespace Tollgate.Sync.Compile;

/// <summary>Turns a deployed revision into what a gateway serves.</summary>
internal sealed class DeploymentCompiler(GatewayEnvironments environments)
{
    public DeployedApi Compile(DeploymentSource source)
    {
        var (api, deployment, design) = (source.Api, source.Deployment, source.Design);
        var endpoints = Endpoints.Of(design);
        var serves = source.StoredEnvironment?.Type ?? environments.Find(deployment.Environment)?.Type;
        return new DeployedApi
        {
            ApiId = api.Id,
            Environment = deployment.Environment,
            Type = design.Type,
            Organization = api.Organization,
            Name = api.Name,
            Version = api.Version,
            Provider = api.Provider,
            Revision = source.RevisionNumber,
            Host = HostOf(source),
            Context = api.ServedContext,
            UnversionedContext = ApiContext.Unversioned(api.Organization, api.Context),
            Transports = design.Transport,
            AuthorizationHeader = design.AuthorizationHeader,
            ApiKeyHeader = design.ApiKeyHeader,
            SecuritySchemes = design.SecurityScheme,
            Audiences = design.Audiences,
            // An environment for one key type has no endpoint for the other, so that its keys are refused there.
            ProductionEndpoint = serves == "sandbox" ? null : endpoints.Production,
            SandboxEndpoint = serves == "production" ? null : endpoints.Sandbox,
            Policy = Named(design.ApiThrottlingPolicy),
            MaxTps = design.MaxTps is { Production: > 0 } or { Sandbox: > 0 } ? design.MaxTps : null,
            Cors = design.CorsConfiguration is { CorsConfigurationEnabled: true } cors ? cors : null,
            Operations =
            [
                .. source.Operations.Select(operation => new DeployedOperation(
                    operation.Verb, operation.Target, operation.AuthType, Named(operation.ThrottlingPolicy), operation.Scopes,
                    serves == "sandbox" ? null : operation.Source?.Production, serves == "production" ? null : operation.Source?.Sandbox)),
            ],
        };
    }

    // The environment's own host is served under every name; only a further virtual host is bound to its name.
    private string? HostOf(DeploymentSource source)
    {
        var deployment = source.Deployment;
        var own = source.StoredEnvironment?.DefaultHost ?? environments.Find(deployment.Environment)?.VirtualHost;
        return own?.Equals(deployment.VirtualHost, StringComparison.OrdinalIgnoreCase) != false ? null : deployment.VirtualHost;
    }

    private static string? Named(string? policy) => policy is null or "" or ThrottlingPolicy.Unlimited ? null : policy;
}
