using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>An additional property as an organization asks its publishers for it.</summary>
public sealed record CustomProperty
{
    [JsonPropertyName("Name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("Description")]
    public string Description { get; init; } = "";

    /// <summary>True where an API cannot be published without it.</summary>
    [JsonPropertyName("Required")]
    public bool Required { get; init; }
}
