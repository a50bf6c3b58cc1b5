using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>Makes compact JWTs signed by one private key.</summary>
/// <remarks>Safe for any number of threads.</remarks>
public sealed class JwtSigner
{
    // The default encoder writes the "+" of "at+jwt" as an escape, for pages of HTML that a token never is on.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonWebKey _key;

    /// <exception cref="ArgumentException">The key has no private half.</exception>
    public JwtSigner(JsonWebKey key)
    {
        if (!key.HasPrivateKey)
        {
            throw new ArgumentException("The key has no private half.", nameof(key));
        }

        _key = key;
    }

    /// <summary>Makes a token; the header has typ, the key's alg and its kid.</summary>
    /// <param name="type">The header's typ, for example "at+jwt" (RFC 9068) or "JWT".</param>
    /// <param name="writeClaims">Writes the members of the payload, each name once; <see cref="JwtClaims.WriteTo"/> is such a one.</param>
    public string Sign(string type, Action<Utf8JsonWriter> writeClaims)
    {
        var header = WriteObject(writer =>
        {
            writer.WriteString("typ", type);
            writer.WriteString("alg", _key.Algorithm.ToString());
            if (_key.KeyId is not null)
            {
                writer.WriteString("kid", _key.KeyId);
            }
        });
        var payload = WriteObject(writeClaims);
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";

        var signature = new byte[_key.Platform.SignatureLength];
        _key.Platform.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    private static ReadOnlySpan<byte> WriteObject(Action<Utf8JsonWriter> writeMembers)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Plain))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
