using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Tollgate.Security.Jose;

/// <summary>Verifies tokens: one spelling, one algorithm per key, a signature, then claims; every refusal is a value.</summary>
/// <remarks>
/// Safe for any number of threads. A verified ES256 token has a twin with the same claims, whose signature has n - s for s: what
/// tells tokens apart is jti, not their text.
/// </remarks>
/// <param name="lookup">Finds keys, for example <see cref="JsonWebKeySet.Find"/>; called once per token.</param>
/// <param name="sizeLimit">Longest token in octets, 64 KB at most.</param>
public sealed class JwtVerifier(JwsKeyLookup lookup, int sizeLimit = 16 * 1024)
{
    private readonly int _sizeLimit = Math.Min(sizeLimit, ushort.MaxValue);

    /// <summary>Verifies the signature and reads the claims; does not look at the clock, the issuer or the audience.</summary>
    public JwtResult Verify(ReadOnlySpan<byte> token)
    {
        if (token.Length > _sizeLimit)
        {
            return new JwtResult { Outcome = JwtOutcome.TooLarge };
        }

        var buffer = ArrayPool<byte>.Shared.Rent(CompactJws.BufferLength(token.Length));
        try
        {
            var jws = JwsVerifier.Verify(token, buffer, lookup);
            if (jws.Outcome != JwtOutcome.Verified)
            {
                return new JwtResult { Outcome = jws.Outcome, UnknownKeyId = jws.UnknownKeyId };
            }

            return JwtClaimsReader.TryRead(jws.Payload, jws.Rest, out var claims)
                ? new JwtResult { Outcome = JwtOutcome.Verified, Claims = claims, Key = jws.Key, Type = jws.Type }
                : new JwtResult { Outcome = JwtOutcome.BadClaims };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A verified token's claims, or why it was refused.</summary>
public readonly record struct JwtResult
{
    public JwtOutcome Outcome { get; internal init; }

    [MemberNotNullWhen(true, nameof(Claims), nameof(Key))]
    public bool IsVerified => Outcome == JwtOutcome.Verified;

    public JwtClaims? Claims { get; internal init; }

    /// <summary>The key that verified; the very object the lookup returned, so it tells which issuer's set it came from.</summary>
    public JsonWebKey? Key { get; internal init; }

    /// <summary>The header's typ as it stands, for example "at+jwt"; null where there is none.</summary>
    public string? Type { get; internal init; }

    /// <summary>With <see cref="JwtOutcome.UnknownKey"/>, the kid the token named (any text of the sender's), or null for none.</summary>
    public string? UnknownKeyId { get; internal init; }
}
