namespace Tollgate.Model.Settings;

/// <summary>The gateway environments of this deployment.</summary>
public sealed record GatewayEnvironments
{
    [Setting("apim.gateway.environment", "Gateway environments; without any there is one called Default.")]
    public IReadOnlyList<GatewayEnvironment> All { get; init; } = [new()];

    public GatewayEnvironment? Find(string name) => All.FirstOrDefault(environment => environment.Name == name);
}
