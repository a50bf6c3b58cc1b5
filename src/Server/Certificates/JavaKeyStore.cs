using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tollgate.Server.Certificates;

/// <summary>Reads the key stores that keytool wrote before Java 9 (JKS).</summary>
/// <remarks>
/// Big-endian: magic number, version, count, entries, and SHA-1 over the password, a fixed phrase and all before it. Without a password nothing in it
/// can be trusted, so it is not read without one; a changed byte anywhere is refused.
/// </remarks>
internal sealed class JavaKeyStore
{
    private const string Phrase = "Mighty Aphrodite";
    private const string KeyProtector = "1.3.6.1.4.1.42.2.17.1.1";
    private const int HashSize = 20;
    private const int PrivateKeyEntry = 1;
    private const int CertificateEntry = 2;

    private readonly byte[] _content;
    private readonly byte[] _keyPassword;
    private int _at;

    private JavaKeyStore(byte[] content, byte[] keyPassword)
    {
        _content = content;
        _keyPassword = keyPassword;
    }

    private static ReadOnlySpan<byte> Magic => [0xFE, 0xED, 0xFE, 0xED];

    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>
    /// All certificates; those of private keys have them. Throws <see cref="CryptographicException"/> for what is damaged or not ours to open.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="password">Its password.</param>
    /// <param name="keyPassword">That of its keys.</param>
    public static IReadOnlyList<StoredCertificate> Read(byte[] bytes, string password, string keyPassword)
    {
        if (password.Length == 0 || bytes.Length < Magic.Length + HashSize)
        {
            throw Damaged();
        }

        var content = bytes[..^HashSize];
        byte[] signed = [.. Encoding.BigEndianUnicode.GetBytes(password), .. Encoding.UTF8.GetBytes(Phrase), .. content];
        return CryptographicOperations.FixedTimeEquals(Hash(signed), bytes.AsSpan(content.Length))
            ? new JavaKeyStore(content, Encoding.BigEndianUnicode.GetBytes(keyPassword)).Entries()
            : throw Damaged();
    }

    private List<StoredCertificate> Entries()
    {
        _at = Magic.Length;
        var version = Number();
        List<StoredCertificate> entries = [];
        for (var left = Number(); left != 0; left--)
        {
            var kind = Number();
            var alias = Text();
            _ = Take(sizeof(long));
            switch (kind)
            {
                case PrivateKeyEntry:
                    var key = Take(Number()).ToArray();
                    var length = Number();
                    entries.Add(new StoredCertificate(alias, WithKey(length > 0 ? Certificate(version) : throw Damaged(), Opened(key))));
                    for (var further = 1; further < length; further++)
                    {
                        entries.Add(new StoredCertificate(null, Certificate(version)));
                    }

                    break;
                case CertificateEntry:
                    entries.Add(new StoredCertificate(alias, Certificate(version)));
                    break;
                default:
                    throw Damaged();
            }
        }

        return entries;
    }

    private X509Certificate2 Certificate(int version)
    {
        // The first version knew one kind of certificate only.
        if (version > 1 && Text() != "X.509")
        {
            throw Damaged();
        }

        return X509CertificateLoader.LoadCertificate(Take(Number()));
    }

    // A stream of hashes, each of the password and the one before, laid over the key by exclusive or; then a hash of the key.
    private byte[] Opened(byte[] encoded)
    {
        var data = ProtectedData(encoded);
        if (data.Length < 2 * HashSize)
        {
            throw Damaged();
        }

        var key = data[HashSize..^HashSize];
        var block = data[..HashSize];
        for (var i = 0; i < key.Length; i++)
        {
            if (i % HashSize == 0)
            {
                block = Hash([.. _keyPassword, .. block]);
            }

            key[i] ^= block[i % HashSize];
        }

        return CryptographicOperations.FixedTimeEquals(Hash([.. _keyPassword, .. key]), data.AsSpan(data.Length - HashSize))
            ? key
            : throw Damaged();
    }

    private static byte[] ProtectedData(byte[] encoded)
    {
        try
        {
            var info = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            return info.ReadSequence().ReadObjectIdentifier() == KeyProtector ? info.ReadOctetString() : throw Damaged();
        }
        catch (AsnContentException)
        {
            throw Damaged();
        }
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, byte[] key)
    {
        if (certificate.GetRSAPublicKey() is not null)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(key, out _);
            return certificate.CopyWithPrivateKey(rsa);
        }

        using var curve = ECDsa.Create();
        curve.ImportPkcs8PrivateKey(key, out _);
        return certificate.CopyWithPrivateKey(curve);
    }

    private int Number() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    private string Text() => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)))));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _content.Length - _at)
        {
            throw Damaged();
        }

        _at += length;
        return _content.AsSpan(_at - length, length);
    }

    // The format has no other. It does not hide keys well: who can read the file and guess the password has them.
    private static byte[] Hash(byte[] bytes) => CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes);

    private static CryptographicException Damaged() => new("The key store is damaged, or its password is another one.");
}
