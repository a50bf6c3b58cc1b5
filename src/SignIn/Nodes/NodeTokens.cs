using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Security.Secrets;

namespace Tollgate.SignIn.Nodes;

/// <summary>Tokens that nodes show to each other: a node name and an end, under an HMAC with a key derived from the master key.</summary>
/// <remarks>Self-contained, so that any node verifies what another issued. They open <c>/internal</c> and nothing else.</remarks>
public sealed class NodeTokens(MasterKey masterKey, TimeProvider time)
{
    /// <summary>How long a token is good; a node renews it well before.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = masterKey.Derive("node-token");

    public string Issue(string node)
    {
        var body = $"{(time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()}:{node}";
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body))}.{Base64Url.EncodeToString(Sign(body))}";
    }

    /// <summary>The node's name, or null when the token is not ours or has ended.</summary>
    public string? Verify(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 2 || !Base64Url.IsValid(parts[0]) || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        var body = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0]));
        if (!CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(parts[1]), Sign(body)))
        {
            return null;
        }

        var colon = body.IndexOf(':', StringComparison.Ordinal);
        var end = long.Parse(body.AsSpan(0, colon));
        return end > time.GetUtcNow().ToUnixTimeSeconds() ? body[(colon + 1)..] : null;
    }

    private byte[] Sign(string body) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(body));
}
