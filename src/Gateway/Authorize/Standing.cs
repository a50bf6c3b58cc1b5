using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Authorize;

/// <summary>What one snapshot says of one token or API key: for which application it calls, or why it is refused.</summary>
internal sealed class Standing
{
    private Standing(Snapshot snapshot, Fault? fault)
    {
        Snapshot = snapshot;
        Fault = fault;
    }

    public Snapshot Snapshot { get; }

    public Fault? Fault { get; }

    /// <summary>True when the snapshot does not know the consumer key or application, which a newer one might.</summary>
    public bool IsUnknown { get; private init; }

    public RuntimeApplication? Application { get; private init; }

    /// <summary>Which endpoints it reaches.</summary>
    public KeyType KeyType { get; private init; }

    /// <summary>The only API it calls; null for every one that the application subscribed to.</summary>
    public string? ApiId { get; private init; }

    /// <summary>From where it may be used; null for everywhere.</summary>
    public PermittedCallers? Callers { get; private init; }

    public static Standing Of(TokenInfo token, Snapshot snapshot) =>
        token.Kind == TokenKind.ApiKey ? OfApiKey(token, snapshot) : OfAccessToken(token, snapshot);

    private static Standing OfAccessToken(TokenInfo token, Snapshot snapshot)
    {
        if (!IsVouchedFor(token, snapshot) || IsRevoked(token, snapshot))
        {
            return new Standing(snapshot, Faults.InvalidCredentials);
        }

        if (!snapshot.Credentials.TryGetValue(token.ConsumerKey, out var credential)
            || !snapshot.Applications.TryGetValue(credential.ApplicationId, out var application))
        {
            return new Standing(snapshot, Faults.InvalidCredentials) { IsUnknown = !snapshot.DeletedKeys.Contains(token.ConsumerKey) };
        }

        // Issued before the secret was regenerated.
        return token.IssuedAt <= credential.NotBefore || !Tollgate.Model.Application.MayBeUsed(application.Status)
            ? new Standing(snapshot, Faults.InvalidCredentials)
            : new Standing(snapshot, null) { KeyType = credential.KeyType, Application = application };
    }

    private static Standing OfApiKey(TokenInfo key, Snapshot snapshot)
    {
        if (!IsVouchedFor(key, snapshot) || IsRevoked(key, snapshot))
        {
            return new Standing(snapshot, Faults.InvalidApiKey);
        }

        if (key.SecretHash is null)
        {
            return ForApplication(snapshot, key.ApplicationId!, key.KeyType, null, key.Callers);
        }

        // Revoked, or replaced by another, since it was seen first.
        return !snapshot.ApiKeys.TryGetValue(key.SecretHash, out var known) ? new Standing(snapshot, Faults.InvalidApiKey)
            : known.ApplicationId is null ? new Standing(snapshot, Faults.KeyNotLent)
            : ForApplication(
                snapshot, known.ApplicationId, known.KeyType, known.ApiId, PermittedCallers.Of(known.PermittedIp, known.PermittedReferer));
    }

    private static Standing ForApplication(Snapshot snapshot, string id, KeyType keyType, string? apiId, PermittedCallers? callers) =>
        !snapshot.Applications.TryGetValue(id, out var application) ? new Standing(snapshot, Faults.InvalidApiKey) { IsUnknown = true }
        : !Tollgate.Model.Application.MayBeUsed(application.Status) ? new Standing(snapshot, Faults.InvalidApiKey)
        : new Standing(snapshot, null) { Application = application, KeyType = keyType, ApiId = apiId, Callers = callers };

    // What a withdrawn key signed is refused; an opaque secret is vouched for by its own entry.
    private static bool IsVouchedFor(TokenInfo token, Snapshot snapshot) => token.Key is null || snapshot.Keys.Knows(token.Key);

    private static bool IsRevoked(TokenInfo token, Snapshot snapshot) =>
        Names(snapshot, RevocationKind.Token, token.TokenId)
        || Names(snapshot, RevocationKind.Authorization, token.AuthorizationId)
        || (token.IsUser && token.Subject is not null
            && snapshot.Revocations.TryGetValue((RevocationKind.User, token.Subject), out var user) && token.IssuedAt <= user.NotBefore);

    private static bool Names(Snapshot snapshot, RevocationKind kind, string? value) =>
        value is not null && snapshot.Revocations.ContainsKey((kind, value));
}
