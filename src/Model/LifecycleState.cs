using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Where an API stands between its first draft and its end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LifecycleState>))]
public enum LifecycleState
{
    [JsonStringEnumMemberName("CREATED")] Created,
    [JsonStringEnumMemberName("PROTOTYPED")] Prototyped,
    [JsonStringEnumMemberName("PUBLISHED")] Published,
    [JsonStringEnumMemberName("BLOCKED")] Blocked,
    [JsonStringEnumMemberName("DEPRECATED")] Deprecated,
    [JsonStringEnumMemberName("RETIRED")] Retired,
}
