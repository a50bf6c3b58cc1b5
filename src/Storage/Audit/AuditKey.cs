using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Security.Secrets;

namespace Tollgate.Storage.Audit;

/// <summary>Makes what holds the chains together, under a key from the master key.</summary>
internal sealed class AuditKey(MasterKey masterKey)
{
    private readonly byte[] _key = masterKey.Derive("audit");

    /// <summary>The HMAC of an entry over itself and its predecessor.</summary>
    public string HashOf(AuditRow row, string previous) => Hash(
    [
        row.Node, row.Number, row.Organization, row.UserName, row.HappenedAt, row.Method, row.Route, row.Target, row.Status, row.Correlation,
        Convert.ToHexStringLower(SHA256.HashData(row.Details)), previous,
    ]);

    /// <summary>The HMAC that says that a node took off a chain's beginning, up to the entry with this number and hash.</summary>
    public string SealOf(string node, long number, string hash) => Hash(["pruned", node, number, hash]);

    private string Hash(object[] parts) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
}
