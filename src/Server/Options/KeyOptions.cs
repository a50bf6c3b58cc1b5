using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>Settings of keystores and of the master key.</summary>
internal sealed record KeyOptions
{
    [Setting("keystore.tls", "Certificate of the listeners.")]
    public Keystore Tls { get; init; } = new();

    [Setting("keystore.host", "Certificates of the listeners for names of their own; clients say which name they mean (SNI).")]
    public IReadOnlyList<HostKeystore> Hosts { get; init; } = [];

    [Setting("keystore.reload_interval", "How often the files of listener certificates are looked at; a change is taken over without a restart.", Unit = "s")]
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(10);

    [Setting("keystore.primary", "Key that the master key is derived from; without one, that of keystore.tls.")]
    public Keystore Primary { get; init; } = new();

    [Setting("truststore", "Certificates that are trusted beside those of the operating system.")]
    public Keystore Trust { get; init; } = new();

    [Setting("encryption.key", "Master key, 64 hexadecimal digits; the same on every node.", Secret = true)]
    public string EncryptionKey { get; init; } = "";
}

/// <summary>A key store or trust store.</summary>
internal record Keystore
{
    [Setting("file_name", "File, relative to repository/resources/security; PKCS#12, JKS or PEM, recognised by content.")]
    public string File { get; init; } = "";

    [Setting("password", "Password of the file.", Secret = true)]
    public string Password { get; init; } = "";

    [Setting("key_password", "Password of the key inside the file; empty takes that of the file.", Secret = true)]
    public string KeyPassword { get; init; } = "";

    [Setting("alias", "Name of the key inside a JKS; compared without regard to case. Empty takes the first one.")]
    public string Alias { get; init; } = "";
}

/// <summary>The certificate of some host names.</summary>
internal sealed record HostKeystore : Keystore
{
    [Setting("names", "Host names; *.example.com is every name with one label before it.")]
    public IReadOnlyList<string> Names { get; init; } = [];
}
