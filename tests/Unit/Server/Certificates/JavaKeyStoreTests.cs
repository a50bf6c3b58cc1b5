using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Server.Certificates;

namespace Tollgate.Unit.Server.Certificates;

/// <summary>Key stores of the format JKS. The one made by keytool is in the guide's test; these are made here, byte by byte.</summary>
public sealed class JavaKeyStoreTests
{
    private const string Password = "changeit";
    private const string KeyPassword = "of the key";

    [Fact]
    public void Read_KeyAndTrustedCertificate_HaveNamesAndTheKeySigns()
    {
        using var leaf = Certificate("CN=node");
        using var authority = Certificate("CN=authority");
        var bytes = new JavaKeyStoreWriter(Password).Key("node", leaf, KeyPassword, authority).Trusted("partner", authority).ToArray();

        var entries = JavaKeyStore.Read(bytes, Password, KeyPassword);

        Assert.Equal(
            [("node", "CN=node", true), (null, "CN=authority", false), ("partner", "CN=authority", false)],
            entries.Select(entry => (entry.Alias, entry.Certificate.Subject, entry.Certificate.HasPrivateKey)));
        using var key = entries[0].Certificate.GetRSAPrivateKey()!;
        using var known = leaf.GetRSAPublicKey()!;
        byte[] data = [1, 2, 3];
        var signature = key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.True(known.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Read_EllipticCurveKey_IsRead()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var bytes = new JavaKeyStoreWriter(Password).Key("c", leaf, Password).ToArray();

        using var key = JavaKeyStore.Read(bytes, Password, Password)[0].Certificate.GetECDsaPrivateKey()!;
        Assert.Equal(curve.ExportParameters(true).D, key.ExportParameters(true).D);
    }

    [Theory]
    [InlineData("wrong", KeyPassword)]
    [InlineData("", KeyPassword)]
    [InlineData(Password, "wrong")]
    public void Read_WrongPassword_IsRefused(string password, string keyPassword)
    {
        using var leaf = Certificate("CN=node");
        var bytes = new JavaKeyStoreWriter(Password).Key("node", leaf, KeyPassword).ToArray();

        Assert.Throws<CryptographicException>(() => JavaKeyStore.Read(bytes, password, keyPassword));
    }

    [Fact]
    public void Read_AnyByteChangedOrMissing_IsRefused()
    {
        using var trusted = Certificate("CN=partner");
        var bytes = new JavaKeyStoreWriter(Password).Trusted("partner", trusted).ToArray();

        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            Assert.Throws<CryptographicException>(() => JavaKeyStore.Read(changed, Password, Password));
            Assert.Throws<CryptographicException>(() => JavaKeyStore.Read(bytes[..i], Password, Password));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Read_LengthsThatLeadOutOfTheFile_AreRefused(int count)
    {
        using var trusted = Certificate("CN=partner");
        var bytes = new JavaKeyStoreWriter(Password) { Count = count }.Trusted("partner", trusted).ToArray();

        Assert.Throws<CryptographicException>(() => JavaKeyStore.Read(bytes, Password, Password));
    }

    private static X509Certificate2 Certificate(string subject)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
