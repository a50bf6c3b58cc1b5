using Tollgate.Gateway.Authorize;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;
using Tollgate.Security.Jose;

namespace Tollgate.Gateway.Authenticate;

/// <summary>What a caller shows: one is never taken for another.</summary>
internal enum TokenKind : byte
{
    AccessToken,
    ApiKey,
}

/// <summary>A token or API key that was verified once; what the snapshot says about it is kept beside it.</summary>
internal sealed class TokenInfo
{
    private Standing? _standing;
    private Binding? _binding;
    private Dictionary<string, string>? _claims;
    private long _usedAt;

    public required TokenKind Kind { get; init; }

    /// <summary>What verified a JWT; null for an opaque secret.</summary>
    public JsonWebKey? Key { get; init; }

    /// <summary>The JWT itself; null for an opaque secret.</summary>
    public byte[]? Text { get; init; }

    /// <summary>Unix seconds; <see cref="long.MaxValue"/> for never.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long IssuedAt { get; init; }

    /// <summary>Of an access token.</summary>
    public string ConsumerKey { get; init; } = "";

    /// <summary>SHA-256 of an opaque API key, by which the snapshot knows it.</summary>
    public string? SecretHash { get; init; }

    /// <summary>Of a self-contained API key: its application, key type and callers.</summary>
    public string? ApplicationId { get; init; }

    public KeyType KeyType { get; init; }

    public PermittedCallers? Callers { get; init; }

    public string? Subject { get; init; }

    public bool IsUser { get; init; }

    public string? TokenId { get; init; }

    public string? AuthorizationId { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Of an API key: its last noted use, Unix milliseconds.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    /// <summary>Notes a use, unless the last one is not as long ago as that: a busy key is written seldom, and read only otherwise.</summary>
    public bool TryUse(long now, long pause)
    {
        var last = Volatile.Read(ref _usedAt);
        return now - last >= pause && Interlocked.CompareExchange(ref _usedAt, now, last) == last;
    }

    /// <summary>A claim by its name, or null; an opaque token has none.</summary>
    public string? Claim(string name)
    {
        if (Text is null)
        {
            return null;
        }

        var claims = Volatile.Read(ref _claims);
        if (claims is null)
        {
            claims = TokenClaims.Read(Text);
            Volatile.Write(ref _claims, claims);
        }

        return claims.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>What the snapshot says of the token itself; looked up once per token and snapshot.</summary>
    public Standing StandingIn(Snapshot snapshot)
    {
        var known = Volatile.Read(ref _standing);
        if (known is not null && ReferenceEquals(known.Snapshot, snapshot))
        {
            return known;
        }

        known = Standing.Of(this, snapshot);
        Volatile.Write(ref _standing, known);
        return known;
    }

    /// <summary>How the token calls one API; the last one used is kept, because most tokens call one API.</summary>
    public Binding BindingTo(ServedApi api, Standing standing, CounterTable counters)
    {
        var known = Volatile.Read(ref _binding);
        if (known is not null && ReferenceEquals(known.Standing, standing) && ReferenceEquals(known.Api, api))
        {
            return known;
        }

        known = Binding.Of(this, api, standing, counters);
        Volatile.Write(ref _binding, known);
        return known;
    }
}
