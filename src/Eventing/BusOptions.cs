using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.Eventing;

/// <summary>Settings of the brokers between gateways and traffic managers.</summary>
public sealed record BusOptions
{
    [Setting(
        "apim.throttling.throttle_decision_endpoints",
        "Brokers (RabbitMQ) of the traffic managers, like tcp://host:5672, or ssl://host:5671 with TLS; each gets a copy of everything. Write the nodes of one "
        + "cluster as one entry with | between them. Empty keeps limits within the process; a node with the profile traffic-manager then takes its own host.")]
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    [Setting("apim.throttling.username", "User at the brokers; a name in an address goes before it.")]
    public string User { get; init; } = "guest";

    [Setting("apim.throttling.password", "Password of that user.", Secret = true)]
    public string Password { get; init; } = "guest";

    [Setting("apim.throttling.virtual_host", "Virtual host at the brokers.")]
    public string VirtualHost { get; init; } = "/";

    [Setting("apim.throttling.jms.ssl", "Use TLS for brokers whose address begins with tcp:// too.")]
    public bool Tls { get; init; }

    [Setting(
        "apim.throttling.ssl_mode",
        "What is checked of a broker with TLS: verify-full (authority and host name), verify-ca (authority), or require (nothing: anyone may pose "
        + "as the broker).")]
    public string SslMode { get; init; } = "verify-full";

    [Setting(
        "apim.throttling.ssl_root_certificate",
        "PEM file with the authority of the brokers' certificates; empty trusts the operating system's and [truststore].")]
    public string SslRootCertificate { get; init; } = "";

    [Range(1, 60)]
    [Setting(
        "apim.throttling.heartbeat_seconds",
        "How often nodes and brokers show each other that they live. A node that hangs is given up after two to three times that, and others take its work.")]
    public int HeartbeatSeconds { get; init; } = 1;
}
