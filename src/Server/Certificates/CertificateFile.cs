using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Server.Certificates;

/// <summary>Reads keystores and trust stores by their content: PKCS#12 (what keytool writes today, whatever the name) or PEM.</summary>
internal sealed class CertificateFile(string home)
{
    private const string Folder = "repository/resources/security";

    // A Java key store starts with this number; reading it is not part of this version.
    private static ReadOnlySpan<byte> JavaKeyStore => [0xFE, 0xED, 0xFE, 0xED];

    public string PathOf(string name) => Path.IsPathRooted(name) ? name : Path.Combine(home, Folder, name);

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 ReadKey(Keystore store, string setting)
    {
        var found = Read(store, setting).Where(certificate => certificate.HasPrivateKey).ToList();
        var wanted = store.Alias.Length == 0
            ? found.FirstOrDefault()
            : found.FirstOrDefault(certificate => certificate.FriendlyName == store.Alias) ?? (found.Count == 1 ? found[0] : null);
        return wanted ?? throw new ConfigurationException(
            $"[{setting}] {PathOf(store.File)} has no private key{(store.Alias.Length == 0 ? "" : $" named '{store.Alias}'")}.");
    }

    /// <summary>The same with the certificates beside it, which lead from it to an authority.</summary>
    public CertificateWithChain ReadChain(Keystore store, string setting)
    {
        var leaf = ReadKey(store, setting);
        return new CertificateWithChain(leaf, [.. Read(store, setting).Where(certificate => certificate.Thumbprint != leaf.Thumbprint)]);
    }

    /// <summary>All certificates of a file.</summary>
    public X509Certificate2Collection ReadAll(Keystore store, string setting) => Read(store, setting);

    private X509Certificate2Collection Read(Keystore store, string setting)
    {
        var path = PathOf(store.File);
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.AsSpan().StartsWith(JavaKeyStore))
            {
                throw new ConfigurationException(
                    $"[{setting}] {path} is a Java key store (JKS); convert it: "
                    + "keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12.");
            }

            return IsPem(bytes)
                ? ReadPem(path)
                : X509CertificateLoader.LoadPkcs12Collection(bytes, store.Password, X509KeyStorageFlags.Exportable);
        }
        catch (IOException error)
        {
            throw new ConfigurationException($"[{setting}] file_name: {path} cannot be read: {error.Message}");
        }
        catch (CryptographicException)
        {
            throw new ConfigurationException($"[{setting}] {path} is neither PKCS#12 nor PEM, or its password is wrong.");
        }
    }

    private static X509Certificate2Collection ReadPem(string path)
    {
        var text = File.ReadAllText(path);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) && all.Count > 0)
        {
            // The key belongs to the first; those behind it lead to an authority.
            all[0] = X509Certificate2.CreateFromPemFile(path);
        }

        return all;
    }

    private static bool IsPem(byte[] bytes) => Encoding.Latin1.GetString(bytes).Contains("-----BEGIN ", StringComparison.Ordinal);
}
