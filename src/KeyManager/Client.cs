using Tollgate.Model;

namespace Tollgate.KeyManager;

/// <summary>An authenticated OAuth client: a credential and the application it belongs to.</summary>
internal sealed record Client(Credential Credential, Application Application)
{
    public bool MayUse(string grantType) => Credential.GrantTypes.Contains(grantType, StringComparer.Ordinal);
}
