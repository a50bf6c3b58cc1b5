using System.Text.Json;
using Tollgate.Model;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Deny;

/// <summary>A deny policy as the REST contract shows it.</summary>
internal sealed record DenyPolicyResource
{
    public string? ConditionId { get; init; }

    public required string ConditionType { get; init; }

    /// <summary>Text, or for addresses an object.</summary>
    public required JsonElement ConditionValue { get; init; }

    public bool ConditionStatus { get; init; } = true;

    public static DenyPolicyResource Of(DenyPolicy policy) => new()
    {
        ConditionId = policy.Id,
        ConditionType = EnumText<DenyKind>.Of(policy.Kind),
        ConditionValue = ValueOf(policy),
        ConditionStatus = policy.Enabled,
    };

    private static JsonElement ValueOf(DenyPolicy policy)
    {
        const string FirstOrganization = "@" + Organization.Default;
        switch (policy.Kind)
        {
            case DenyKind.Address:
                return JsonSerializer.SerializeToElement(new OneAddress(policy.Subject, policy.Invert), RestJson.Options);
            case DenyKind.AddressRange:
                var ends = policy.Subject.Split('-');
                return JsonSerializer.SerializeToElement(new Addresses(ends[0], ends[1], policy.Invert), RestJson.Options);
            case DenyKind.User when policy.Subject.EndsWith(FirstOrganization, StringComparison.Ordinal):
                return JsonSerializer.SerializeToElement(policy.Subject[..^FirstOrganization.Length]);
            default:
                return JsonSerializer.SerializeToElement(policy.Subject);
        }
    }
}

/// <summary>Value of an IP condition.</summary>
internal sealed record OneAddress(string? FixedIp, bool Invert = false);

/// <summary>Value of an IPRANGE condition.</summary>
internal sealed record Addresses(string? StartingIp, string? EndingIp, bool Invert = false);

/// <summary>Switches a deny policy on or off.</summary>
internal sealed record DenyStatusResource
{
    public string? ConditionId { get; init; }

    public required bool ConditionStatus { get; init; }
}
