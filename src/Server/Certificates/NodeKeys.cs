using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Security.Secrets;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Server.Certificates;

/// <summary>The keys of a node: listener certificate, trusted certificates, master key.</summary>
internal sealed class NodeKeys(string home, KeyOptions options, string hostName, TimeProvider time)
{
    private readonly CertificateFile _files = new(home);

    private string DevelopmentFile => _files.PathOf("development.pem");

    /// <summary>Certificates of the listeners; a development certificate when none is configured.</summary>
    public LoadedCertificates Listeners() => new(
        options.Tls.File.Length > 0
            ? _files.ReadChain(options.Tls, "keystore.tls")
            : new CertificateWithChain(DevelopmentCertificate.LoadOrCreate(DevelopmentFile, hostName, time), []),
        Hosts());

    /// <summary>Differs when a file of <see cref="Listeners"/> has changed.</summary>
    public string ListenerStamp()
    {
        using var stamp = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in (IEnumerable<string>)
            [options.Tls.File.Length > 0 ? _files.PathOf(options.Tls.File) : DevelopmentFile, .. options.Hosts.Select(host => _files.PathOf(host.File))])
        {
            // The content, for the times of a link do not tell when what it points to was exchanged.
            stamp.AppendData(File.Exists(path) ? SHA256.HashData(File.ReadAllBytes(path)) : []);
        }

        return Convert.ToHexString(stamp.GetHashAndReset());
    }

    /// <summary>Certificates of <c>[truststore]</c>; empty when none is configured.</summary>
    public X509Certificate2Collection Trusted() => options.Trust.File.Length > 0 ? _files.ReadAll(options.Trust, "truststore") : [];

    /// <summary>The master key: configured, else derived from the primary keystore, else a file made at first start.</summary>
    public MasterKey MasterKey()
    {
        if (options.EncryptionKey.Length > 0)
        {
            return options.EncryptionKey.Length == 64 && options.EncryptionKey.All(char.IsAsciiHexDigit)
                ? new MasterKey(Convert.FromHexString(options.EncryptionKey))
                : throw new ConfigurationException("encryption.key must be 64 hexadecimal digits (32 bytes), for example from: openssl rand -hex 32.");
        }

        var (store, setting) = options.Primary.File.Length > 0 ? (options.Primary, "keystore.primary") : (options.Tls, "keystore.tls");
        return store.File.Length > 0
            ? Derive(_files.ReadKey(store, setting))
            : MasterKeyFile.LoadOrCreate(_files.PathOf("master.key"));
    }

    private Dictionary<string, CertificateWithChain> Hosts()
    {
        var hosts = new Dictionary<string, CertificateWithChain>(StringComparer.OrdinalIgnoreCase);
        foreach (var host in options.Hosts)
        {
            var certificate = _files.ReadChain(host, "keystore.host");
            foreach (var name in host.Names)
            {
                if (!hosts.TryAdd(name, certificate))
                {
                    throw new ConfigurationException($"[[keystore.host]] names '{name}' twice.");
                }
            }
        }

        return hosts;
    }

    // The private key's parameters are the same on every node that has the keystore, whatever file format it came from.
    private static MasterKey Derive(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPrivateKey();
        if (rsa is not null)
        {
            return new MasterKey(SHA256.HashData(rsa.ExportParameters(includePrivateParameters: true).D!));
        }

        using var curve = certificate.GetECDsaPrivateKey() ?? throw new ConfigurationException(
            "keystore.primary must hold an RSA or elliptic-curve key; or set encryption.key.");
        return new MasterKey(SHA256.HashData(curve.ExportParameters(includePrivateParameters: true).D!));
    }
}
