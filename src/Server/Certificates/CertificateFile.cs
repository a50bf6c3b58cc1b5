using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Server.Certificates;

/// <summary>
/// Reads keystores and trust stores by their content, whatever their name: PKCS#12 (what keytool writes today), JKS (what it wrote once) or PEM.
/// </summary>
internal sealed class CertificateFile(string home)
{
    private const string Folder = "repository/resources/security";

    // A trust store copied from Java's has some 150.
    private static readonly Pkcs12LoaderLimits Limits = new(Pkcs12LoaderLimits.Defaults) { MaxCertificates = 2000 };

    public string PathOf(string name) => Path.IsPathRooted(name) ? name : Path.Combine(home, Folder, name);

    /// <summary>The certificate with its private key.</summary>
    public X509Certificate2 ReadKey(Keystore store, string setting)
    {
        var found = Read(store, setting).Where(one => one.Certificate.HasPrivateKey).ToList();
        if (store.Alias.Length > 0 && found is [{ Alias: null }, _, ..])
        {
            throw new ConfigurationException(
                $"[{setting}] {PathOf(store.File)} has {found.Count} private keys, and only in a file of the format JKS are they told apart by alias; "
                + "leave one in it.");
        }

        var wanted = found.Find(one => store.Alias.Length == 0 || one.Alias is not { } alias || alias.Equals(store.Alias, StringComparison.OrdinalIgnoreCase));
        return wanted?.Certificate ?? throw new ConfigurationException(
            $"[{setting}] {PathOf(store.File)} has no private key{(store.Alias.Length == 0 ? "" : $" named '{store.Alias}' (alias)")}"
            + (found.Count > 0 ? $"; it has {string.Join(", ", found.Select(one => $"'{one.Alias}'"))}." : "."));
    }

    /// <summary>The same with the certificates beside it, which lead from it to an authority.</summary>
    public CertificateWithChain ReadChain(Keystore store, string setting)
    {
        var leaf = ReadKey(store, setting);
        return new CertificateWithChain(
            leaf, [.. Read(store, setting).Select(one => one.Certificate).Where(certificate => certificate.Thumbprint != leaf.Thumbprint)]);
    }

    /// <summary>All certificates of a file; at least one.</summary>
    public X509Certificate2Collection ReadAll(Keystore store, string setting) => Read(store, setting) is { Count: > 0 } all
        ? [.. all.Select(one => one.Certificate)]
        : throw new ConfigurationException($"[{setting}] {PathOf(store.File)} has no certificate in it.");

    private IReadOnlyList<StoredCertificate> Read(Keystore store, string setting)
    {
        var path = PathOf(store.File);
        var keyPassword = store.KeyPassword.Length > 0 ? store.KeyPassword : store.Password;
        try
        {
            var bytes = File.ReadAllBytes(path);
            return JavaKeyStore.IsOne(bytes) ? JavaKeyStore.Read(bytes, store.Password, keyPassword)
                : IsPem(bytes) ? [.. ReadPem(Encoding.UTF8.GetString(bytes), keyPassword).Select(one => new StoredCertificate(null, one))]
                : ReadPkcs12(bytes, store.Password);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"[{setting}] file_name: {path} cannot be read: {error.Message}");
        }
        catch (CryptographicException)
        {
            throw new ConfigurationException(
                $"[{setting}] {path} is neither PKCS#12, JKS nor PEM, or it is damaged, or password or key_password under [{setting}] is wrong or missing.");
        }
    }

    // The framework does not tell the names of what it reads.
    private static IReadOnlyList<StoredCertificate> ReadPkcs12(byte[] bytes, string password) =>
    [
        .. X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable, Limits)
            .Select(one => new StoredCertificate(null, one)),
    ];

    private static X509Certificate2Collection ReadPem(string text, string keyPassword)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) && all.Count > 0)
        {
            // The key belongs to the first; those behind it lead to an authority.
            all[0] = text.Contains("BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPem(text, text, keyPassword)
                : X509Certificate2.CreateFromPem(text, text);
        }

        return all;
    }

    private static bool IsPem(byte[] bytes) => Encoding.Latin1.GetString(bytes).Contains("-----BEGIN ", StringComparison.Ordinal);
}
