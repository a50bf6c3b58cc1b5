using Tollgate.Model.Settings;

namespace Tollgate.Security.Fetch;

/// <summary>Settings of <c>[outbound]</c>: which addresses this program may fetch from on somebody's behalf, for each purpose apart.</summary>
public sealed record OutboundOptions
{
    [Setting("outbound.timeout", "How long a fetch may take in all, redirects included.", Unit = "s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    [Setting(
        "outbound.definition_import.allow",
        "Hosts and networks (host, address or CIDR) from which definitions may be imported although they are not on the public internet.")]
    public IReadOnlyList<string> DefinitionImport { get; init; } = [];

    [Setting("outbound.endpoint_test.allow", "The same for the test whether a backend answers.")]
    public IReadOnlyList<string> EndpointTest { get; init; } = [];

    [Setting("outbound.jwks.allow", "The same for the keys of key managers.")]
    public IReadOnlyList<string> Jwks { get; init; } = [];

    [Setting("outbound.try_it.allow", "The same for calls of the try-it console.")]
    public IReadOnlyList<string> TryIt { get; init; } = [];
}
