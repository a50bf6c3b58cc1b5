using System.Text.Json.Serialization;

namespace Tollgate.Model;

/// <summary>What a condition of an advanced policy looks at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConditionKind>))]
public enum ConditionKind
{
    /// <summary>The caller's address; the value is an address, or two as <c>first-last</c>, both included.</summary>
    [JsonStringEnumMemberName("address")] Address,

    /// <summary>A request header; the value is a pattern.</summary>
    [JsonStringEnumMemberName("header")] Header,

    /// <summary>A parameter of the query; the value is a pattern.</summary>
    [JsonStringEnumMemberName("query")] QueryParameter,

    /// <summary>A claim of the access token; the value is a pattern.</summary>
    [JsonStringEnumMemberName("claim")] Claim,
}

/// <summary>One condition on a call.</summary>
/// <param name="Kind">What it looks at.</param>
/// <param name="Name">Of the header, parameter or claim; null for an address.</param>
/// <param name="Value">See <see cref="ConditionKind"/>.</param>
/// <param name="Invert">The condition holds for every other call.</param>
public sealed record Condition(ConditionKind Kind, string? Name, string Value, bool Invert);

/// <summary>A quota of its own for the calls that all these conditions hold for.</summary>
/// <param name="Description">Free text.</param>
/// <param name="Conditions">At least one.</param>
/// <param name="Quota">Null limits nothing.</param>
public sealed record ConditionGroup(string? Description, IReadOnlyList<Condition> Conditions, Quota? Quota);
