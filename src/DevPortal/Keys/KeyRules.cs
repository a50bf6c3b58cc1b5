using System.Text.Json;
using Tollgate.Model;
using Tollgate.Security.Secrets;

namespace Tollgate.DevPortal.Keys;

/// <summary>Checks a request for keys and makes the credential.</summary>
internal sealed class KeyRules(TimeProvider time)
{
    private const string ExpiryProperty = "application_access_token_expiry_time";

    private static readonly IReadOnlyList<string> Grants = ["client_credentials", "password", "refresh_token"];

    // Accepted when they ask for nothing; the features behind them are not part of this version.
    private static readonly IReadOnlyList<string> NeutralProperties =
    [
        "user_access_token_expiry_time", "refresh_token_expiry_time", "id_token_expiry_time", "pkceMandatory", "pkceSupportPlain",
        "bypassClientCredentials",
    ];

    /// <summary>The credential and its secret, which exists in clear only here.</summary>
    public (Credential Credential, string Secret) Create(Application application, KeyRequest wanted)
    {
        if (!EnumText<KeyType>.TryParse(wanted.KeyType, out var keyType))
        {
            throw Refusal.BadRequest("keyType is PRODUCTION or SANDBOX.");
        }

        if (wanted.KeyManager is not (null or "" or Credential.ResidentKeyManager or "default"))
        {
            throw Refusal.BadRequest($"There is no key manager '{wanted.KeyManager}'; use '{Credential.ResidentKeyManager}'.", 901400);
        }

        var unknown = wanted.GrantTypesToBeSupported.FirstOrDefault(grant => !Grants.Contains(grant));
        if (unknown is not null || wanted.GrantTypesToBeSupported.Count == 0)
        {
            throw Refusal.BadRequest($"The grant type '{unknown}' is not available; choose from {string.Join(", ", Grants)}.");
        }

        CheckProperties(wanted);
        var secret = GeneratedSecret.New();
        var credential = new Credential
        {
            ConsumerKey = GeneratedSecret.NewIdentifier(),
            KeyMappingId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            ApplicationId = application.Id,
            Organization = application.Organization,
            KeyType = keyType,
            SecretHash = GeneratedSecret.Hash(secret),
            GrantTypes = [.. wanted.GrantTypesToBeSupported.Distinct()],
            CallbackUrl = CheckCallback(wanted.CallbackUrl),
            AccessTokenValidity = Validity(wanted),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return (credential, secret);
    }

    private static string? CheckCallback(string? url) => string.IsNullOrEmpty(url) ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "https" or "http" && parsed.Fragment.Length == 0 ? url
        : throw Refusal.BadRequest("callbackUrl is an absolute http or https URL without a fragment.");

    // 0 takes the system's setting.
    private static long Validity(KeyRequest wanted)
    {
        var text = wanted.AdditionalProperties?.GetValueOrDefault(ExpiryProperty)?.ToString() is { Length: > 0 } property && property != "N/A"
            ? property
            : wanted.ValidityTime;
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        return text == "-1" ? Credential.MaxAccessTokenValidity
            : long.TryParse(text, out var seconds) && seconds is > 0 and <= Credential.MaxAccessTokenValidity ? seconds
            : throw Refusal.BadRequest($"The validity time is 1 to {Credential.MaxAccessTokenValidity} seconds, or -1 for the longest.");
    }

    private static void CheckProperties(KeyRequest wanted)
    {
        foreach (var (name, value) in wanted.AdditionalProperties ?? new Dictionary<string, object>())
        {
            var text = value is JsonElement element ? element.ToString() : value.ToString();
            if (name != ExpiryProperty && (!NeutralProperties.Contains(name) || text is not ("N/A" or "" or "0" or "False" or "false")))
            {
                throw Refusal.BadRequest($"additionalProperties.{name} = '{text}' is not available in this version.");
            }
        }
    }
}
