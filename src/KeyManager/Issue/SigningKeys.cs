using System.Buffers;
using System.Text;
using System.Text.Json;
using Tollgate.Security.Jose;
using Tollgate.Storage.Tokens;

namespace Tollgate.KeyManager.Issue;

/// <summary>The keys that access tokens are signed with: the newest of this issuer signs, all of them verify.</summary>
internal sealed class SigningKeys(SigningKeyStore store, KeyManagerOptions options)
{
    private volatile Loaded? _loaded;

    /// <summary>Makes the first key of this issuer, unless another node was faster.</summary>
    public async Task PrepareAsync()
    {
        if (await LoadAsync() is null)
        {
            var key = JsonWebKey.Create(JwsAlgorithm.RS256);
            await store.AddFirstAsync(new SigningKey(key.KeyId!, options.Issuer, PublicJson(key), key.ExportPkcs8()));
            await LoadAsync();
        }
    }

    public JwtSigner Signer => Current.Signer;

    public JsonWebKeySet Published => Current.Published;

    private Loaded Current => _loaded ?? throw new InvalidOperationException("The signing keys are not prepared.");

    private async Task<Loaded?> LoadAsync()
    {
        var ours = (await store.ListAsync()).Where(key => key.Issuer == options.Issuer)
            .Select(key => JsonWebKey.FromPkcs8(JwsAlgorithm.RS256, key.PrivateKey, key.KeyId)).ToList();
        return _loaded = ours.Count == 0 ? null : new Loaded(new JwtSigner(ours[0]), new JsonWebKeySet(ours));
    }

    private static string PublicJson(JsonWebKey key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            key.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed record Loaded(JwtSigner Signer, JsonWebKeySet Published);
}
