using System.Globalization;
using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.DevPortal.Keys;

/// <summary>What an owner chooses for tokens, between the portal's <c>additionalProperties</c> and the credential.</summary>
internal static class KeyTerms
{
    // What clients of the field send, and see, where the system's setting applies.
    private const string NotSet = "N/A";

    private const string ApplicationExpiry = "application_access_token_expiry_time";
    private const string UserExpiry = "user_access_token_expiry_time";
    private const string RefreshExpiry = "refresh_token_expiry_time";
    private const string IdExpiry = "id_token_expiry_time";
    private const string PkceMandatory = "pkceMandatory";
    private const string PkcePlain = "pkceSupportPlain";
    private const string BypassSecret = "bypassClientCredentials";

    /// <summary>The properties as a form shows them.</summary>
    public static readonly IReadOnlyList<KeyField> Fields =
    [
        Number(ApplicationExpiry, "Application access token expiry time", "Seconds that an application's own token lives"),
        Number(UserExpiry, "User access token expiry time", "Seconds that a token lives that speaks for a user"),
        Number(RefreshExpiry, "Refresh token expiry time", "Seconds that a refresh token lives"),
        Number(IdExpiry, "ID token expiry time", "Seconds that an ID token lives"),
        Flag(PkceMandatory, "PKCE mandatory", "Refuse authorization codes without a proof key"),
        Flag(PkcePlain, "PKCE plain text", "Accept proof keys that are not hashed"),
        Flag(BypassSecret, "Public client", "Do not ask for the secret where the client proves itself otherwise"),
    ];

    /// <summary>The credential with the properties that are given; those left out stay as they were.</summary>
    public static Credential Apply(Credential credential, IReadOnlyDictionary<string, object>? properties)
    {
        var terms = credential.Terms;
        foreach (var (name, value) in properties ?? new Dictionary<string, object>())
        {
            var text = (value is JsonElement element ? element.ToString() : value?.ToString()) ?? "";
            (credential, terms) = name switch
            {
                ApplicationExpiry => (credential with { AccessTokenValidity = Seconds(name, text) }, terms),
                UserExpiry => (credential, terms with { UserTokenValidity = Seconds(name, text) }),
                RefreshExpiry => (credential, terms with { RefreshTokenValidity = Seconds(name, text) }),
                IdExpiry => (credential, terms with { IdTokenValidity = Seconds(name, text) }),
                PkceMandatory => (credential, terms with { PkceMandatory = Truth(name, text) }),
                PkcePlain => (credential, terms with { PkceSupportPlain = Truth(name, text) }),
                BypassSecret => (credential, terms with { BypassClientCredentials = Truth(name, text) }),
                _ => throw Refusal.BadRequest(
                    $"additionalProperties.{name} is unknown; choose from {string.Join(", ", Fields.Select(field => field.Name))}."),
            };
        }

        return credential with { Terms = terms };
    }

    /// <summary>A life in seconds; 0 takes the system's setting.</summary>
    public static long Seconds(string name, string text) => text is "" or NotSet ? 0
        : text == "-1" ? Credential.MaxAccessTokenValidity
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= Credential.MaxAccessTokenValidity
            ? seconds
            : throw Refusal.BadRequest($"{name} is 1 to {Credential.MaxAccessTokenValidity} seconds, or -1 for the longest.");

    public static IReadOnlyDictionary<string, object> Of(Credential credential)
    {
        var terms = credential.Terms;
        return new Dictionary<string, object>
        {
            [ApplicationExpiry] = Shown(credential.AccessTokenValidity),
            [UserExpiry] = Shown(terms.UserTokenValidity ?? credential.AccessTokenValidity),
            [RefreshExpiry] = Shown(terms.RefreshTokenValidity),
            [IdExpiry] = Shown(terms.IdTokenValidity),
            [PkceMandatory] = terms.PkceMandatory,
            [PkcePlain] = terms.PkceSupportPlain,
            [BypassSecret] = terms.BypassClientCredentials,
        };
    }

    private static object Shown(long seconds) => seconds > 0 ? seconds : NotSet;

    private static bool Truth(string name, string text) => text.ToLowerInvariant() switch
    {
        "true" => true,
        "false" or "" or "n/a" => false,
        _ => throw Refusal.BadRequest($"additionalProperties.{name} is true or false."),
    };

    private static KeyField Number(string name, string label, string tooltip) => new(name, label, "input", false, false, false, tooltip);

    private static KeyField Flag(string name, string label, string tooltip) => new(name, label, "checkbox", false, false, false, tooltip);
}
