using System.Text.Json;
using Tollgate.Model;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Keys;

/// <summary>What a client sends to get an API key. Named, the key is opaque; without a name it is a self-contained JWT, as older scripts expect.</summary>
internal sealed record ApiKeyRequest
{
    public string? KeyName { get; init; }

    /// <summary>Life in seconds; -1 for ever.</summary>
    public long? ValidityPeriod { get; init; }

    /// <summary>permittedIP and permittedReferer.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>The same for a key of one API, which says its key type here.</summary>
internal sealed record ApiBoundKeyRequest
{
    public string? KeyName { get; init; }

    public string? KeyType { get; init; }

    public long? ValidityPeriod { get; init; }

    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>Names a key by its id.</summary>
internal sealed record ApiKeyReference
{
    public required string KeyUUID { get; init; }
}

/// <summary>Names the key to revoke: by its id, or by its text.</summary>
internal sealed record ApiKeyRevocation
{
    public string? KeyUUID { get; init; }

    public string? Apikey { get; init; }
}

/// <summary>Which of the user's keys to lend, and its API.</summary>
internal sealed record ApplicationLending
{
    public required string KeyUUID { get; init; }

    public required string ApiUUID { get; init; }
}

/// <summary>Which key of an API to lend, and the application to lend it to.</summary>
internal sealed record ApiLending
{
    public required string KeyUUID { get; init; }

    public required string ApplicationUUID { get; init; }
}

/// <summary>A fresh key: the only answer that shows it.</summary>
internal sealed record FreshApiKey(string? KeyName, string Apikey, long ValidityPeriod)
{
    public static FreshApiKey Of(ApiKey key, string text) => new(ApiKeyListing.NameOf(key), text, key.Validity);
}

/// <summary>A key of an application in a list.</summary>
internal sealed record ApiKeyListing(string KeyUUID, string? KeyName, long IssuedOn, long ValidityPeriod, long? LastUsed)
{
    public static ApiKeyListing Of(NamedApiKey named) => new(
        named.Key.Id, NameOf(named.Key), named.Key.CreatedAt, named.Key.Validity, UsedOf(named.Key));

    public static string? NameOf(ApiKey key) => key.Name.Length > 0 ? key.Name : null;

    public static long? UsedOf(ApiKey key) => key.LastUsedAt > 0 ? key.LastUsedAt : null;
}

/// <summary>A key of an API in a list.</summary>
internal sealed record ApiBoundKeyListing(
    string KeyUUID, string? KeyName, string? AssociatedApp, long IssuedOn, long ValidityPeriod, long? LastUsed)
{
    public static ApiBoundKeyListing Of(NamedApiKey named) => new(
        named.Key.Id, ApiKeyListing.NameOf(named.Key), named.ApplicationName, named.Key.CreatedAt, named.Key.Validity,
        ApiKeyListing.UsedOf(named.Key));
}

/// <summary>A key of an API that is lent to an application.</summary>
internal sealed record LentKeyListing(
    string KeyUUID, string? KeyName, string? ApiName, string? ApiUUID, long IssuedOn, long ValidityPeriod, long? LastUsed)
{
    public static LentKeyListing Of(NamedApiKey named) => new(
        named.Key.Id, ApiKeyListing.NameOf(named.Key), named.ApiName, named.Key.ApiId, named.Key.CreatedAt, named.Key.Validity,
        ApiKeyListing.UsedOf(named.Key));
}

/// <summary>A key of an API that could be lent to the application.</summary>
internal sealed record LendableKeyListing(string? KeyName, string KeyUUID, string? ApiName, string? ApiUUID)
{
    public static LendableKeyListing Of(NamedApiKey named) => new(
        ApiKeyListing.NameOf(named.Key), named.Key.Id, named.ApiName, named.Key.ApiId);
}

/// <summary>Which key is now lent to which application.</summary>
internal sealed record Lending(string? KeyName, string ApiName, string ApplicationName);
