using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Tollgate.Security.Jose;

/// <summary>Reads claims from a payload; a claim of the wrong type refuses the token instead of going missing.</summary>
internal ref struct JwtClaimsReader
{
    // Some providers put a member for every application a user may enter into one object.
    private const int MemberLimit = 512;

    // Seconds to the end of the year 9999, past which the platform has no time.
    private const double TimeLimit = 253_402_300_800;

    private StrictJsonReader _json;
    private string? _issuer;
    private string? _subject;
    private List<string>? _audiences;
    private DateTimeOffset? _expiresAt;
    private DateTimeOffset? _notBefore;
    private DateTimeOffset? _issuedAt;
    private string? _tokenId;
    private List<string>? _scopes;
    private string? _authorizedParty;
    private string? _clientId;
    private string? _authorizedUserType;
    private string? _keyType;
    private string? _authorizationId;
    private string? _applicationId;
    private string? _permittedIp;
    private string? _permittedReferer;

    private JwtClaimsReader(ReadOnlySpan<byte> json, Span<byte> scratch) => _json = new StrictJsonReader(json, scratch, MemberLimit);

    /// <summary>Reads a payload; <paramref name="scratch"/> is as long as it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, Span<byte> scratch, [NotNullWhen(true)] out JwtClaims? claims)
    {
        JwtClaimsReader reader = new(json, scratch);
        claims = reader.ReadAll() ? reader.ToClaims() : null;
        return claims is not null;
    }

    private bool ReadAll()
    {
        if (!_json.Open())
        {
            return false;
        }

        while (_json.NextMember())
        {
            if (!ReadClaim(_json.Name))
            {
                return false;
            }
        }

        return _json.Completed;
    }

    private bool ReadClaim(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("iss"u8))
        {
            return _json.TryGetString(out _issuer);
        }

        if (name.SequenceEqual("sub"u8))
        {
            return _json.TryGetString(out _subject);
        }

        if (name.SequenceEqual("aud"u8))
        {
            return TryGetStrings(out _audiences);
        }

        if (name.SequenceEqual("exp"u8))
        {
            return TryGetTime(out _expiresAt);
        }

        if (name.SequenceEqual("nbf"u8))
        {
            return TryGetTime(out _notBefore);
        }

        if (name.SequenceEqual("iat"u8))
        {
            return TryGetTime(out _issuedAt);
        }

        if (name.SequenceEqual("jti"u8))
        {
            return _json.TryGetString(out _tokenId);
        }

        if (name.SequenceEqual("scope"u8))
        {
            return TryGetScopes();
        }

        return ReadClientClaim(name);
    }

    private bool ReadClientClaim(scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("azp"u8))
        {
            return _json.TryGetString(out _authorizedParty);
        }

        if (name.SequenceEqual("client_id"u8))
        {
            return _json.TryGetString(out _clientId);
        }

        if (name.SequenceEqual("aut"u8))
        {
            return _json.TryGetString(out _authorizedUserType);
        }

        if (name.SequenceEqual("keytype"u8))
        {
            return _json.TryGetString(out _keyType);
        }

        return name.SequenceEqual("authorization_id"u8) ? _json.TryGetString(out _authorizationId) : ReadApiKeyClaim(name);
    }

    private bool ReadApiKeyClaim(scoped ReadOnlySpan<byte> name) =>
        name.SequenceEqual("application_id"u8) ? _json.TryGetString(out _applicationId)
        : name.SequenceEqual("permittedIP"u8) ? _json.TryGetString(out _permittedIp)
        : name.SequenceEqual("permittedReferer"u8) ? _json.TryGetString(out _permittedReferer)
        : _json.SkipValue();

    /// <summary>Reads a NumericDate (RFC 7519 section 2): seconds since 1970, decimals allowed.</summary>
    private readonly bool TryGetTime(out DateTimeOffset? time)
    {
        // 1e400 reads as infinity, which the comparison refuses.
        var sane = _json.TryGetNumber(out var seconds) && seconds is >= 0 and < TimeLimit;
        time = sane ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        return sane;
    }

    /// <summary>Reads a string, or an array of strings.</summary>
    private bool TryGetStrings([NotNullWhen(true)] out List<string>? values)
    {
        values = [];
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return TryAddString(values);
        }

        while (_json.NextElement())
        {
            if (!TryAddString(values))
            {
                return false;
            }
        }

        // Where the array broke off instead of ending, the next member is not found and the text not completed.
        return true;
    }

    private bool TryAddString(List<string> values)
    {
        if (!_json.TryGetString(out var value))
        {
            return false;
        }

        values.Add(value);
        return true;
    }

    /// <summary>Reads scope as RFC 8693 section 4.2 has it, or as the array of strings some providers send.</summary>
    private bool TryGetScopes()
    {
        if (!TryGetStrings(out var values))
        {
            return false;
        }

        _scopes = [];
        foreach (var value in values)
        {
            _scopes.AddRange(value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return true;
    }

    private readonly JwtClaims ToClaims() => new()
    {
        Issuer = _issuer,
        Subject = _subject,
        Audiences = _audiences,
        ExpiresAt = _expiresAt,
        NotBefore = _notBefore,
        IssuedAt = _issuedAt,
        TokenId = _tokenId,
        Scopes = _scopes,
        AuthorizedParty = _authorizedParty,
        ClientId = _clientId,
        AuthorizedUserType = _authorizedUserType,
        KeyType = _keyType,
        AuthorizationId = _authorizationId,
        ApplicationId = _applicationId,
        PermittedIp = _permittedIp,
        PermittedReferer = _permittedReferer,
    };
}
