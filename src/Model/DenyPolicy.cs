using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>Whose calls a deny policy refuses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DenyKind>))]
public enum DenyKind
{
    /// <summary>Every call of one API, by its served context.</summary>
    [JsonStringEnumMemberName("API")] Api,

    /// <summary>Calls of one application: <c>owner:name</c>.</summary>
    [JsonStringEnumMemberName("APPLICATION")] Application,

    /// <summary>Calls with tokens of one user: <c>user@organization</c>.</summary>
    [JsonStringEnumMemberName("USER")] User,

    /// <summary>Calls from one address, or from all others.</summary>
    [JsonStringEnumMemberName("IP")] Address,

    /// <summary>Calls from addresses between two, both included, or from all others.</summary>
    [JsonStringEnumMemberName("IPRANGE")] AddressRange,

    /// <summary>Calls through one subscription: <c>context:version:owner-application:key type</c>.</summary>
    [JsonStringEnumMemberName("SUBSCRIPTION")] Subscription,
}

/// <summary>A throttling policy that lets nothing through.</summary>
public sealed record DenyPolicy
{
    public required string Id { get; init; }

    public required string Organization { get; init; }

    public required DenyKind Kind { get; init; }

    /// <summary>What is denied, in the form that <see cref="DenyKind"/> names; an address range is <c>first-last</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>For addresses: everything but the subject is denied.</summary>
    public bool Invert { get; init; }

    public bool Enabled { get; init; } = true;
}
