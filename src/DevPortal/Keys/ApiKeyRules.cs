using System.Text.Json;
using Tollgate.Model;
using Tollgate.Security.Secrets;

namespace Tollgate.DevPortal.Keys;

/// <summary>Checks requests for API keys and makes them; a key exists in clear only in what this returns.</summary>
internal sealed class ApiKeyRules(SelfContainedKeys selfContained, MasterKey masterKey, TimeProvider time)
{
    private const int MaxName = 100;
    private const int MaxRestriction = 2000;

    private readonly OpaqueSecrets _secrets = new(masterKey.Derive(OpaqueSecrets.KeyPurpose));

    /// <summary>A key of an application for all that it subscribed to.</summary>
    public Task<(ApiKey Key, string Text)> ForApplicationAsync(Application application, string keyType, string owner, ApiKeyRequest wanted)
    {
        if (!Application.TakesMore(application.Status))
        {
            throw Refusal.BadRequest("The application is not approved yet.");
        }

        var key = Restricted(Blank(application.Organization, owner, wanted.ValidityPeriod), wanted.AdditionalProperties) with
        {
            ApplicationId = application.Id,
            KeyType = TypeOf(keyType),
            Name = wanted.KeyName is { Length: > 0 } name ? CheckName(name) : "",
        };
        return key.Name.Length > 0 ? Task.FromResult(Opaque(key)) : SelfContainedAsync(key);
    }

    /// <summary>A key of one API; opaque always, because it is lent and taken back while it lives.</summary>
    public (ApiKey Key, string Text) ForApi(Api api, string owner, ApiBoundKeyRequest wanted)
    {
        var key = Restricted(Blank(api.Organization, owner, wanted.ValidityPeriod), wanted.AdditionalProperties);
        return Opaque(key with
        {
            ApiId = api.Id,
            KeyType = TypeOf(wanted.KeyType ?? EnumText<KeyType>.Of(KeyType.Production)),
            Name = CheckName(wanted.KeyName is { Length: > 0 } name ? name : key.Id),
        });
    }

    /// <summary>The same key with a new text and a new beginning.</summary>
    public Task<(ApiKey Key, string Text)> RenewAsync(ApiKey key)
    {
        var next = key with { CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(), LastUsedAt = 0 };
        return key.TokenId is null ? Task.FromResult(Opaque(next)) : SelfContainedAsync(next);
    }

    public static KeyType TypeOf(string text) =>
        EnumText<KeyType>.TryParse(text, out var type) ? type : throw Refusal.BadRequest("keyType is PRODUCTION or SANDBOX.");

    private ApiKey Blank(string organization, string owner, long? validity) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
        Organization = organization,
        Owner = owner,
        Hash = "",
        Validity = (validity ?? ApiKey.NoEnd) is ApiKey.NoEnd or (> 0 and <= ApiKey.MaxValidity)
            ? validity ?? ApiKey.NoEnd
            : throw Refusal.BadRequest($"validityPeriod is 1 to {ApiKey.MaxValidity} seconds, or -1 for a key without an end."),
        CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private (ApiKey Key, string Text) Opaque(ApiKey key)
    {
        var text = _secrets.New(OpaqueKind.ApiKey);
        return (key with { Hash = GeneratedSecret.Hash(text) }, text);
    }

    private async Task<(ApiKey Key, string Text)> SelfContainedAsync(ApiKey key)
    {
        var named = key with { TokenId = GeneratedSecret.NewIdentifier() };
        var text = await selfContained.SignAsync(named);
        return (named with { Hash = GeneratedSecret.Hash(text) }, text);
    }

    private static string CheckName(string name) => name.Length <= MaxName && name == name.Trim() && !name.Any(char.IsControl)
        ? name
        : throw Refusal.BadRequest($"keyName has at most {MaxName} characters and no spaces at its ends.");

    private static ApiKey Restricted(ApiKey key, IReadOnlyDictionary<string, JsonElement> properties)
    {
        foreach (var (name, value) in properties)
        {
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) || value.GetString()?.Length > MaxRestriction)
            {
                throw Refusal.BadRequest($"additionalProperties.{name} is a text of at most {MaxRestriction} characters.");
            }

            var text = value.GetString()?.Trim() is { Length: > 0 } given ? given : null;
            key = name switch
            {
                "permittedIP" => key with { PermittedIp = CheckAddresses(text) },
                "permittedReferer" => key with { PermittedReferer = text },
                _ => throw Refusal.BadRequest($"additionalProperties has no '{name}'; there are permittedIP and permittedReferer."),
            };
        }

        return key;
    }

    private static string? CheckAddresses(string? list) => list is null || AddressRange.ParseList(list) is { Count: > 0 }
        ? list
        : throw Refusal.BadRequest("permittedIP lists addresses and networks, separated by commas, like 192.0.2.7, 10.0.0.0/8, 2001:db8::/32.");
}
