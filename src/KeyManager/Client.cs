using Tollgate.Model;

namespace Tollgate.KeyManager;

/// <summary>An authenticated OAuth client: a credential and the application it belongs to.</summary>
/// <param name="Credential">The credential as it was read.</param>
/// <param name="Application">The application it belongs to.</param>
/// <param name="SeenAt">Unix second before the credential was read. Tokens are dated by it, so that whatever ended tokens since ends them too.</param>
internal sealed record Client(Credential Credential, Application Application, long SeenAt)
{
    public bool MayUse(string grantType) => Credential.GrantTypes.Contains(grantType, StringComparer.Ordinal);
}
