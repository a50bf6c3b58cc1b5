using Tollgate.Model;
using Tollgate.Security.Secrets;

namespace Tollgate.DevPortal.Keys;

/// <summary>Checks requests for keys and makes the credential.</summary>
internal sealed class KeyRules(TimeProvider time)
{
    /// <summary>The credential and its secret, which exists in clear only here.</summary>
    public (Credential Credential, string Secret) Create(Application application, KeyRequest wanted)
    {
        if (!Application.TakesMore(application.Status))
        {
            throw Refusal.BadRequest($"The application is {application.Status}; it gets keys once it is approved.");
        }

        var keyType = KeyTypeOf(wanted.KeyType);
        RefuseOtherKeyManager(wanted.KeyManager);
        var callback = KeyGrants.CheckedCallback(wanted.CallbackUrl);
        var secret = GeneratedSecret.New();
        var validity = KeyTerms.Seconds("validityTime", wanted.ValidityTime ?? "");
        var credential = new Credential
        {
            ConsumerKey = GeneratedSecret.NewIdentifier(),
            KeyMappingId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            ApplicationId = application.Id,
            Organization = application.Organization,
            KeyType = keyType,
            SecretHash = GeneratedSecret.Hash(secret),
            GrantTypes = KeyGrants.Checked(wanted.GrantTypesToBeSupported, callback),
            CallbackUrl = callback,
            // validityTime is the older name and speaks of all access tokens; the properties say it per kind.
            AccessTokenValidity = validity,
            Terms = new TokenTerms { UserTokenValidity = validity },
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return (KeyTerms.Apply(credential, wanted.AdditionalProperties), secret);
    }

    public static Credential Change(Credential stored, KeyChange wanted)
    {
        var callback = wanted.CallbackUrl is null ? stored.CallbackUrl : KeyGrants.CheckedCallback(wanted.CallbackUrl);
        var changed = stored with
        {
            CallbackUrl = callback,
            GrantTypes = KeyGrants.Checked(wanted.SupportedGrantTypes ?? stored.GrantTypes, callback),
        };
        return KeyTerms.Apply(changed, wanted.AdditionalProperties);
    }

    public static KeyType KeyTypeOf(string? text) => EnumText<KeyType>.TryParse(text ?? "", out var keyType)
        ? keyType
        : throw Refusal.BadRequest("keyType is PRODUCTION or SANDBOX.");

    public static void RefuseOtherKeyManager(string? name)
    {
        if (name is not (null or "" or Credential.ResidentKeyManager or "default" or "resident"))
        {
            throw Refusal.BadRequest($"There is no key manager '{name}'; use '{Credential.ResidentKeyManager}'.", 901400);
        }
    }
}
