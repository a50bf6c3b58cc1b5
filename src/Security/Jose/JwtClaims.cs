using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>The claims of a token this product acts on (RFC 7519 section 4.1, RFC 9068 section 2.2, and some of its own).</summary>
/// <remarks>A claim that is not there is null; which ones must be is for the caller to say.</remarks>
public sealed record JwtClaims
{
    /// <summary>iss.</summary>
    public string? Issuer { get; init; }

    /// <summary>sub.</summary>
    public string? Subject { get; init; }

    /// <summary>aud, one or several.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>exp.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>nbf.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>iat.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>jti.</summary>
    public string? TokenId { get; init; }

    /// <summary>scope, taken apart at its spaces.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>azp.</summary>
    public string? AuthorizedParty { get; init; }

    /// <summary>client_id.</summary>
    public string? ClientId { get; init; }

    /// <summary>aut: whether an application or a user of one was given the token.</summary>
    public string? AuthorizedUserType { get; init; }

    /// <summary>keytype: production or sandbox.</summary>
    public string? KeyType { get; init; }

    /// <summary>authorization_id.</summary>
    public string? AuthorizationId { get; init; }

    /// <summary>application_id: of an API key, which no consumer key stands for.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>permittedIP: addresses and networks that an API key may be used from, separated by commas.</summary>
    public string? PermittedIp { get; init; }

    /// <summary>permittedReferer: patterns of the Referer header that an API key may be used with, separated by commas.</summary>
    public string? PermittedReferer { get; init; }

    /// <summary>Writes the claims that are there as members of the object that is open; times in whole seconds.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        WriteText(writer, "iss"u8, Issuer);
        WriteText(writer, "sub"u8, Subject);
        WriteAudiences(writer);
        WriteTime(writer, "exp"u8, ExpiresAt);
        WriteTime(writer, "nbf"u8, NotBefore);
        WriteTime(writer, "iat"u8, IssuedAt);
        WriteText(writer, "jti"u8, TokenId);
        WriteText(writer, "scope"u8, Scopes is null ? null : string.Join(' ', Scopes));
        WriteText(writer, "azp"u8, AuthorizedParty);
        WriteText(writer, "client_id"u8, ClientId);
        WriteText(writer, "aut"u8, AuthorizedUserType);
        WriteText(writer, "keytype"u8, KeyType);
        WriteText(writer, "authorization_id"u8, AuthorizationId);
        WriteText(writer, "application_id"u8, ApplicationId);
        WriteText(writer, "permittedIP"u8, PermittedIp);
        WriteText(writer, "permittedReferer"u8, PermittedReferer);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteNumber(name, time.ToUnixTimeSeconds());
        }
    }

    private void WriteAudiences(Utf8JsonWriter writer)
    {
        // RFC 7519 section 4.1.3: one audience may stand as a string, which is what most readers expect.
        if (Audiences is not { Count: > 1 })
        {
            WriteText(writer, "aud"u8, Audiences is [string only] ? only : null);
            return;
        }

        writer.WriteStartArray("aud"u8);
        foreach (var audience in Audiences)
        {
            writer.WriteStringValue(audience);
        }

        writer.WriteEndArray();
    }
}
