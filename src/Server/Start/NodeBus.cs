using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Eventing;
using Tollgate.Eventing.InProcess;
using Tollgate.Eventing.RabbitMq;
using Tollgate.Model.Metrics;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;

namespace Tollgate.Server.Start;

/// <summary>Which bus a node has: over the brokers that are configured, or within the process.</summary>
internal static class NodeBus
{
    private const int BrokerPort = 5672;

    public static void Add(IServiceCollection services, NodeSettings settings, NodeKeys keys, string node)
    {
        var (profile, options) = (settings.Profile, OptionsOf(settings));
        if (options.Endpoints.Count == 0)
        {
            if (profile.Has(Modules.Gateway))
            {
                services.AddSingleton<Bus>(new InProcessBus());
            }

            return;
        }

        var role = (profile.Has(Modules.TrafficManager) ? BusRole.Counts : BusRole.None)
            | (profile.Has(Modules.Gateway) || profile.Has(Modules.DevPortal) ? BusRole.Listens : BusRole.None);
        var trusts = Trust(options, settings.Home, keys);
        services.AddSingleton(provider => Create(
            options, role, node, trusts, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RabbitBus>>()));
        services.AddSingleton<Bus>(provider => provider.GetRequiredService<RabbitBus>());
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<Bus>().ReadMetrics));
        // Before the modules that publish, so that it ends after them.
        services.AddHostedService(provider => provider.GetRequiredService<RabbitBus>());
    }

    // A traffic manager is nothing without a broker: the field's files give it none, because it had one on board.
    private static BusOptions OptionsOf(NodeSettings settings)
    {
        var options = settings.Configuration.Bind<BusOptions>();
        return options.Endpoints.Count == 0 && settings.Profile.Has(Modules.TrafficManager) && !settings.Profile.Has(Modules.Gateway)
            ? options with
            {
                Endpoints = [string.Create(CultureInfo.InvariantCulture, $"tcp://{settings.Node.HostName}:{BrokerPort + settings.Node.Offset}")],
            }
            : options;
    }

    private static RabbitBus Create(
        BusOptions options, BusRole role, string node, RemoteCertificateValidationCallback trusts, TimeProvider time, ILogger<RabbitBus> log)
    {
        try
        {
            return new RabbitBus(options, role, node, trusts, time, log);
        }
        catch (FormatException error)
        {
            throw new ConfigurationException($"apim.throttling.throttle_decision_endpoints: {error.Message}");
        }
    }

    private static RemoteCertificateValidationCallback Trust(BusOptions options, string home, NodeKeys keys)
    {
        var isChecked = options.SslMode.ToLowerInvariant() is "verify-full" or "verify-ca";
        if (options.SslRootCertificate.Length > 0 && !isChecked)
        {
            throw new ConfigurationException(
                "apim.throttling.ssl_root_certificate is looked at with ssl_mode verify-ca or verify-full only; set apim.throttling.ssl_mode to one of them.");
        }

        return options.SslMode.ToLowerInvariant() switch
        {
            "verify-full" => ServerTrust.Of(Authorities(options, home, keys)),
            "verify-ca" => ServerTrust.OfAnyHost(Authorities(options, home, keys)),
            "require" => (_, presented, _, _) => presented is not null,
            _ => throw new ConfigurationException($"apim.throttling.ssl_mode must be verify-full, verify-ca or require, found '{options.SslMode}'."),
        };
    }

    private static X509Certificate2Collection Authorities(BusOptions options, string home, NodeKeys keys)
    {
        if (options.SslRootCertificate.Length == 0)
        {
            return keys.Trusted();
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(Path.Combine(home, options.SslRootCertificate));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"apim.throttling.ssl_root_certificate '{options.SslRootCertificate}' cannot be read: {error.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw new ConfigurationException($"apim.throttling.ssl_root_certificate '{options.SslRootCertificate}' has no certificate (PEM) in it.");
    }
}
