using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tollgate.Unit.Server.Certificates;

/// <summary>Writes key stores of the format JKS, as its readers expect them.</summary>
internal sealed class JavaKeyStoreWriter(string password)
{
    private readonly List<byte> _entries = [];
    private int _written;

    /// <summary>How many entries the file claims to have; null is the truth.</summary>
    public int? Count { get; init; }

    public JavaKeyStoreWriter Key(string alias, X509Certificate2 leaf, string keyPassword, params X509Certificate2[] chain)
    {
        Begin(1, alias);
        AsymmetricAlgorithm key = leaf.GetRSAPrivateKey() is { } rsa ? rsa : leaf.GetECDsaPrivateKey()!;
        Bytes(Protected(key.ExportPkcs8PrivateKey(), Encoding.BigEndianUnicode.GetBytes(keyPassword)));
        Number(chain.Length + 1);
        foreach (var certificate in (X509Certificate2[])[leaf, .. chain])
        {
            Certificate(certificate);
        }

        return this;
    }

    public JavaKeyStoreWriter Trusted(string alias, X509Certificate2 certificate)
    {
        Begin(2, alias);
        Certificate(certificate);
        return this;
    }

    public byte[] ToArray()
    {
        byte[] content = [0xFE, 0xED, 0xFE, 0xED, .. Big(2), .. Big(Count ?? _written), .. _entries];
        return [.. content, .. Hash([.. Encoding.BigEndianUnicode.GetBytes(password), .. "Mighty Aphrodite"u8, .. content])];
    }

    private static byte[] Protected(byte[] key, byte[] keyPassword)
    {
        byte[] salt = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];
        var block = salt;
        var hidden = key.ToArray();
        for (var i = 0; i < key.Length; i++)
        {
            block = i % 20 == 0 ? Hash([.. keyPassword, .. block]) : block;
            hidden[i] ^= block[i % 20];
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.6.1.4.1.42.2.17.1.1");
                writer.WriteNull();
            }

            writer.WriteOctetString([.. salt, .. hidden, .. Hash([.. keyPassword, .. key])]);
        }

        return writer.Encode();
    }

    private void Begin(int kind, string alias)
    {
        _written++;
        Number(kind);
        Text(alias);
        _entries.AddRange(new byte[8]);
    }

    private void Certificate(X509Certificate2 certificate)
    {
        Text("X.509");
        Bytes(certificate.RawData);
    }

    private void Text(string text) => _entries.AddRange([0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)]);

    private void Bytes(byte[] bytes)
    {
        Number(bytes.Length);
        _entries.AddRange(bytes);
    }

    private void Number(int number) => _entries.AddRange(Big(number));

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Hash(byte[] bytes) => CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes);
}
