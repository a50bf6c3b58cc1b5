using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Admin.KeyManagers;

/// <summary>A key manager as the REST contract shows it; secret properties are masked.</summary>
internal sealed record KeyManagerResource : KeyManagerTerms
{
    /// <summary>Shown in place of a secret; sent back, it means the stored value.</summary>
    public const string Masked = "********";

    public KeyManagerResource()
    {
    }

    private KeyManagerResource(KeyManagerTerms terms)
        : base(terms)
    {
    }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public bool Global { get; init; }

    public static KeyManagerResource Of(KeyManager keyManager)
    {
        var properties = keyManager.Terms.AdditionalProperties.ToDictionary();
        foreach (var name in keyManager.Secrets.Keys)
        {
            properties[name] = JsonSerializer.SerializeToElement(Masked);
        }

        return new KeyManagerResource(keyManager.Terms)
        {
            Id = keyManager.Id,
            Name = keyManager.Name,
            Type = keyManager.Type,
            AdditionalProperties = properties,
        };
    }
}

/// <summary>A key manager in a list.</summary>
internal sealed record KeyManagerEntry(
    string Id, string Name, string Type, string? Description, bool Enabled, bool IsGlobal, bool IsUsed, string TokenType)
{
    public static KeyManagerEntry Of(KeyManager keyManager, bool isUsed) => new(
        keyManager.Id, keyManager.Name, keyManager.Type, keyManager.Terms.Description, keyManager.Terms.Enabled, false, isUsed,
        keyManager.Terms.TokenType);
}
