using System.Text.Json.Serialization;

namespace Tollgate.Model.Runtime;

/// <summary>What a revocation names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RevocationKind>))]
public enum RevocationKind
{
    /// <summary>One token, by <c>jti</c>.</summary>
    [JsonStringEnumMemberName("token")] Token,

    /// <summary>Every token of one authorization, by <c>authorization_id</c>.</summary>
    [JsonStringEnumMemberName("authorization")] Authorization,

    /// <summary>Every token of a user issued up to <see cref="Revocation.NotBefore"/>, by <c>sub</c>.</summary>
    [JsonStringEnumMemberName("user")] User,
}

/// <summary>Tokens that are refused although their signature holds.</summary>
/// <param name="Kind">What <paramref name="Value"/> is.</param>
/// <param name="Value">jti, authorization id or subject.</param>
/// <param name="NotBefore">For users: tokens issued up to this Unix second are refused.</param>
/// <param name="ExpiresAt">Unix second after which no affected token can still be valid.</param>
public sealed record Revocation(RevocationKind Kind, string Value, long NotBefore, long ExpiresAt);
