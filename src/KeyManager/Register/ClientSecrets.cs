using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Security.Secrets;

namespace Tollgate.KeyManager.Register;

/// <summary>Secrets of registered clients: derived from the master key and the client's id, so that they can be shown again and are kept nowhere.</summary>
internal sealed class ClientSecrets(MasterKey masterKey)
{
    private readonly byte[] _key = masterKey.Derive("client-secret");

    public string Of(string clientId) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(clientId)));
}
