using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Follow;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Authorize;

/// <summary>What one snapshot says of one token: its credential and application, or why it is refused.</summary>
internal sealed class Standing
{
    private Standing(Snapshot snapshot, Fault? fault)
    {
        Snapshot = snapshot;
        Fault = fault;
    }

    public Snapshot Snapshot { get; }

    public Fault? Fault { get; }

    /// <summary>True when the snapshot does not know the consumer key, which a newer one might.</summary>
    public bool IsUnknown { get; private init; }

    public RuntimeCredential? Credential { get; private init; }

    public RuntimeApplication? Application { get; private init; }

    public static Standing Of(TokenInfo token, Snapshot snapshot)
    {
        if (!snapshot.Keys.Knows(token.Key) || IsRevoked(token, snapshot))
        {
            return new Standing(snapshot, Faults.InvalidCredentials);
        }

        if (!snapshot.Credentials.TryGetValue(token.ConsumerKey, out var credential)
            || !snapshot.Applications.TryGetValue(credential.ApplicationId, out var application))
        {
            return new Standing(snapshot, Faults.InvalidCredentials) { IsUnknown = !snapshot.DeletedKeys.Contains(token.ConsumerKey) };
        }

        // Issued before the secret was regenerated.
        return token.IssuedAt <= credential.NotBefore || application.Status != "APPROVED"
            ? new Standing(snapshot, Faults.InvalidCredentials)
            : new Standing(snapshot, null) { Credential = credential, Application = application };
    }

    private static bool IsRevoked(TokenInfo token, Snapshot snapshot) =>
        Names(snapshot, RevocationKind.Token, token.TokenId)
        || Names(snapshot, RevocationKind.Authorization, token.AuthorizationId)
        || (token.IsUser && token.Subject is not null
            && snapshot.Revocations.TryGetValue((RevocationKind.User, token.Subject), out var user) && token.IssuedAt <= user.NotBefore);

    private static bool Names(Snapshot snapshot, RevocationKind kind, string? value) =>
        value is not null && snapshot.Revocations.ContainsKey((kind, value));
}
