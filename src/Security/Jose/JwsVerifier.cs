using System.Text;

namespace Tollgate.Security.Jose;

/// <summary>Finds the key of that kid, or null; the kid is empty where the token names none, and it is the sender's to choose.</summary>
public delegate JsonWebKey? JwsKeyLookup(ReadOnlySpan<byte> keyId);

/// <summary>Verifies the signature of a compact JWS over any payload (RFC 7515 section 5.2).</summary>
internal static class JwsVerifier
{
    /// <summary>Verifies; the buffer has <see cref="CompactJws.BufferLength"/> and holds the payload afterwards.</summary>
    public static JwsResult Verify(ReadOnlySpan<byte> token, Span<byte> buffer, JwsKeyLookup lookup)
    {
        if (!CompactJws.TryDecode(token, buffer, out var jws))
        {
            return new JwsResult { Outcome = JwtOutcome.Malformed };
        }

        Span<byte> keyId = stackalloc byte[JsonWebKey.KeyIdLimit];
        var outcome = JwsHeader.Read(jws.Header, jws.Rest, keyId, out var header);
        if (outcome != JwtOutcome.Verified)
        {
            return new JwsResult { Outcome = outcome };
        }

        // Before the lookup, so that a token nothing could verify never makes a caller fetch keys.
        if (header.Algorithm is not { } algorithm)
        {
            return new JwsResult { Outcome = JwtOutcome.WrongAlgorithm };
        }

        var key = lookup(header.KeyId);
        if (key is null)
        {
            var unknown = header.KeyId.IsEmpty ? null : Encoding.UTF8.GetString(header.KeyId);
            return new JwsResult { Outcome = JwtOutcome.UnknownKey, UnknownKeyId = unknown };
        }

        // The key decides which algorithm verifies; the header may only agree (RFC 8725 section 3.1).
        if (key.Algorithm != algorithm)
        {
            return new JwsResult { Outcome = JwtOutcome.WrongAlgorithm };
        }

        return key.Platform.Verify(jws.Signed, jws.Signature)
            ? new JwsResult { Outcome = JwtOutcome.Verified, Key = key, Type = header.Type, Payload = jws.Payload, Rest = jws.Rest }
            : new JwsResult { Outcome = JwtOutcome.BadSignature };
    }
}

/// <summary>A verified JWS, or why it is not one.</summary>
internal readonly ref struct JwsResult
{
    public JwtOutcome Outcome { get; init; }

    public JsonWebKey? Key { get; init; }

    public string? UnknownKeyId { get; init; }

    public string? Type { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The part of the buffer that is free again.</summary>
    public Span<byte> Rest { get; init; }
}
