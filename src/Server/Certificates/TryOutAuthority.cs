using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Security.Secrets;
using Tollgate.Server.Configuration;

namespace Tollgate.Server.Certificates;

/// <summary>A certificate authority in a folder, for trying out several nodes: it signs a certificate for each.</summary>
public sealed class TryOutAuthority
{
    /// <summary>The authority's certificate, for every node's <c>[truststore]</c>.</summary>
    public const string AuthorityFile = "authority.pem";

    private const string KeyFile = "authority.key";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _authority;

    private TryOutAuthority(string folder, TimeProvider time, X509Certificate2 authority)
    {
        _folder = folder;
        _time = time;
        _authority = authority;
    }

    /// <summary>The authority of the folder; a new one where there is none.</summary>
    public static TryOutAuthority Open(string folder, TimeProvider time)
    {
        var (certificate, key) = (Path.Combine(folder, AuthorityFile), Path.Combine(folder, KeyFile));
        if (!File.Exists(key))
        {
            Create(certificate, key, time.GetUtcNow());
        }

        return new TryOutAuthority(Path.GetFullPath(folder), time, X509Certificate2.CreateFromPemFile(certificate, key));
    }

    /// <summary>Makes key and certificate of a node; the path of the file, which has both and the authority's certificate.</summary>
    /// <param name="names">Its host names and addresses, the first of which names the file.</param>
    public string Issue(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => Uri.CheckHostName(name.Replace("*.", "any.", StringComparison.Ordinal)) == UriHostNameType.Unknown) is { } wrong)
        {
            throw new ConfigurationException($"'{wrong}' is no host name and no address.");
        }

        var path = Path.Combine(_folder, names[0].Replace('*', '_').Replace(':', '_') + ".pem");
        if (File.Exists(path))
        {
            throw new ConfigurationException($"{path} is there already; a node may use it. Delete it first to make another one.");
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(names, key).Create(
            _authority, _time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddYears(2), RandomNumberGenerator.GetBytes(16));
        PrivateFile.Write(
            path, string.Join('\n', certificate.ExportCertificatePem(), _authority.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()));
        return path;
    }

    private CertificateRequest Request(IReadOnlyList<string> names, ECDsa key)
    {
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        // A node with several modules also calls itself.
        foreach (var name in names.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        return request;
    }

    private static void Create(string certificateFile, string keyFile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tollgate try-out authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-2), now.AddYears(5));
        PrivateFile.Write(certificateFile, certificate.ExportCertificatePem());
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
