using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Storage.KeyManagers;

namespace Tollgate.Admin.KeyManagers;

/// <summary>The rules of key managers.</summary>
internal sealed class KeyManagerRules(TimeProvider time)
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromMilliseconds(100);

    public KeyManager Create(string organization, KeyManagerResource wanted)
    {
        var name = CheckName(wanted.Name);
        if (name.Equals(Credential.ResidentKeyManager, StringComparison.OrdinalIgnoreCase))
        {
            throw KeyManagerStore.NameTaken(name);
        }

        var connector = Connectors.Find(wanted.Type) ?? throw Refusal.BadRequest(
            $"The key manager type '{wanted.Type}' is none of {string.Join(", ", Connectors.All.Select(one => one.Type))}.");
        return Apply(
            new KeyManager
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
                Organization = organization,
                Name = name,
                Type = connector.Type,
                Terms = new KeyManagerTerms(),
                RowVersion = 1,
            },
            connector, wanted);
    }

    public static KeyManager Change(KeyManager stored, KeyManagerResource wanted)
    {
        if (wanted.Type is not null && !wanted.Type.Equals(stored.Type, StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.BadRequest("The type of a key manager cannot be changed; make another one.");
        }

        return wanted.Name is not null && !wanted.Name.Equals(stored.Name, StringComparison.OrdinalIgnoreCase)
            ? throw Refusal.BadRequest("A key manager cannot be renamed: keys refer to it by name.")
            : Apply(stored, Connectors.Find(stored.Type)!, wanted);
    }

    private static KeyManager Apply(KeyManager identity, Connector connector, KeyManagerResource wanted)
    {
        Check(wanted);
        var properties = wanted.AdditionalProperties.Where(property => property.Value.ValueKind != JsonValueKind.Null).ToDictionary();
        var secrets = new Dictionary<string, string>();
        foreach (var secret in connector.Properties.Where(property => property.Mask))
        {
            if (properties.Remove(secret.Name, out var value) && Text(value) is { Length: > 0 } text)
            {
                secrets[secret.Name] = text != KeyManagerResource.Masked ? text
                    : identity.Secrets.GetValueOrDefault(secret.Name) ?? throw Missing(connector, secret);
            }
        }

        // Without client management the connector never signs in at the key manager.
        var missing = connector.Properties.FirstOrDefault(property => property.Required && !secrets.ContainsKey(property.Name)
            && !(properties.TryGetValue(property.Name, out var value) && Text(value).Length > 0));
        return missing is not null && wanted.EnableOAuthAppCreation && wanted.TokenType != "EXCHANGED"
            ? throw Missing(connector, missing)
            : identity with { Terms = Defaults(connector, wanted.Alone() with { AdditionalProperties = properties }), Secrets = secrets };
    }

    private static KeyManagerTerms Defaults(Connector connector, KeyManagerTerms terms) => terms with
    {
        ConsumerKeyClaim = terms.ConsumerKeyClaim is { Length: > 0 } ? terms.ConsumerKeyClaim : connector.ConsumerKeyClaim,
        ScopesClaim = terms.ScopesClaim is { Length: > 0 } ? terms.ScopesClaim : connector.ScopesClaim,
    };

    private static void Check(KeyManagerResource wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted.Issuer))
        {
            throw Refusal.BadRequest("issuer is missing: it is how tokens of this key manager are recognised.");
        }

        foreach (var url in Urls(wanted).Where(url => !string.IsNullOrEmpty(url)))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.UserInfo.Length > 0)
            {
                throw Refusal.BadRequest($"The endpoint '{url}' is not an http or https URL without a user in it.");
            }
        }

        if (wanted.TokenType is not ("DIRECT" or "EXCHANGED" or "BOTH")
            || wanted.Permissions is { PermissionType: not ("PUBLIC" or "ALLOW" or "DENY") })
        {
            throw Refusal.BadRequest("tokenType is DIRECT, EXCHANGED or BOTH; permissions.permissionType is PUBLIC, ALLOW or DENY.");
        }

        if (wanted.Description?.Length > 256 || wanted.DisplayName?.Length > 100)
        {
            throw Refusal.BadRequest("displayName has at most 100 and description at most 256 characters.");
        }

        CheckCertificates(wanted.Certificates);
        foreach (var validation in wanted.TokenValidation)
        {
            CheckValidation(validation);
        }
    }

    private static IEnumerable<string?> Urls(KeyManagerTerms terms) =>
    [
        terms.WellKnownEndpoint, terms.IntrospectionEndpoint, terms.ClientRegistrationEndpoint, terms.TokenEndpoint, terms.DisplayTokenEndpoint,
        terms.RevokeEndpoint, terms.DisplayRevokeEndpoint, terms.UserInfoEndpoint, terms.AuthorizeEndpoint, terms.ScopeManagementEndpoint,
        .. terms.Endpoints.Select(endpoint => endpoint.Value),
        terms.Certificates is { Type: "JWKS", Value: { } jwks } ? jwks : null,
    ];

    private static void CheckCertificates(KeyManagerCertificates? certificates)
    {
        switch (certificates)
        {
            case null or { Type: null or "", Value: null or "" }:
                break;
            case { Type: "JWKS", Value.Length: > 0 }:
                break;
            case { Type: "PEM", Value: { Length: > 0 } pem }:
                CheckPem(pem);
                break;
            default:
                throw Refusal.BadRequest("certificates has a type, JWKS (value is a URL) or PEM (value is a certificate), and a value.");
        }
    }

    // Clients of the field send the PEM text as it is, or once more in Base64.
    private static void CheckPem(string pem)
    {
        try
        {
            var text = pem.StartsWith("-----", StringComparison.Ordinal) ? pem : Encoding.ASCII.GetString(Convert.FromBase64String(pem));
            X509Certificate2.CreateFromPem(text).Dispose();
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            throw Refusal.BadRequest("certificates.value is not a certificate in PEM.");
        }
    }

    private static void CheckValidation(TokenValidation validation)
    {
        if (validation.Type is not (null or "REFERENCE" or "JWT" or "CUSTOM"))
        {
            throw Refusal.BadRequest($"tokenValidation type '{validation.Type}' is none of REFERENCE, JWT, CUSTOM.");
        }

        if (validation is not { Type: "REFERENCE" or "CUSTOM", Value: { ValueKind: JsonValueKind.String } pattern })
        {
            return;
        }

        try
        {
            _ = new Regex(pattern.GetString()!, RegexOptions.None, PatternPatience);
        }
        catch (ArgumentException)
        {
            throw Refusal.BadRequest($"tokenValidation value '{pattern}' is not a regular expression.");
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Refusal Missing(Connector connector, ConnectorProperty property) => Refusal.BadRequest(
        $"A key manager of type {connector.Type} that creates clients needs additionalProperties.{property.Name} ({property.Label}).");

    private static string CheckName(string? name) =>
        name is { Length: >= 1 and <= 100 } && name == name.Trim() && name.All(c => char.IsAsciiLetterOrDigit(c) || "._- ".Contains(c))
            ? name
            : throw Refusal.BadRequest("name has 1 to 100 letters, digits, spaces and . _ -.");
}
