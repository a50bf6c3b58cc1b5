using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Deny;

/// <summary>The rules of deny policies: what they name must exist, except users, who may come from anywhere and at any time.</summary>
internal sealed partial class DenyRules(DenyPolicyStore policies, TimeProvider time)
{
    private const int MaxText = 1000;

    public async Task<DenyPolicy> CreateAsync(string organization, DenyPolicyResource wanted)
    {
        if (!EnumText<DenyKind>.TryParse(wanted.ConditionType, out var kind))
        {
            throw Refusal.BadRequest($"The condition type '{wanted.ConditionType}' is none of API, APPLICATION, USER, IP, IPRANGE, SUBSCRIPTION.");
        }

        var (subject, invert) = kind switch
        {
            DenyKind.Address => Address(Read<OneAddress>(wanted.ConditionValue)),
            DenyKind.AddressRange => Range(Read<Addresses>(wanted.ConditionValue)),
            _ => (await TextAsync(organization, kind, wanted.ConditionValue), false),
        };
        return new DenyPolicy
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = organization,
            Kind = kind,
            Subject = subject,
            Invert = invert,
            Enabled = wanted.ConditionStatus,
        };
    }

    /// <summary>Reads <c>conditionType:X &amp; conditionValue:"v"</c>: quotes mean the whole value, else a part of it.</summary>
    public static DenyPolicyQuery Query(string organization, string? text)
    {
        var query = new DenyPolicyQuery(organization);
        foreach (var part in (text ?? "").Split('&', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (part, "") : (part[..colon], part[(colon + 1)..].Trim());
            var quoted = value.Length > 2 && value[0] == '"' && value[^1] == '"';
            query = name switch
            {
                "conditionType" when EnumText<DenyKind>.TryParse(value.Trim('"').ToUpperInvariant(), out var kind) => query with { Kind = kind },
                "conditionValue" when value.Length > 0 => query with { Subject = quoted ? value[1..^1] : value, Exact = quoted },
                _ => throw Refusal.BadRequest(
                    $"'{part}' is no search: write conditionType:API, conditionValue:part or conditionValue:\"whole\", joined by '&'."),
            };
        }

        return query;
    }

    private async Task<string> TextAsync(string organization, DenyKind kind, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= MaxText } text)
        {
            throw Refusal.BadRequest($"The value of such a condition is a text of 1 to {MaxText} characters.");
        }

        switch (kind)
        {
            case DenyKind.Api:
                return await policies.HasContextAsync(organization, text)
                    ? text
                    : throw Refusal.BadRequest($"No API is served under '{text}'; give the context with its version, like /orders/1.0.", 900308);
            case DenyKind.Application:
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                return colon > 0 && await policies.HasApplicationAsync(organization, text[..colon], text[(colon + 1)..])
                    ? text
                    : throw Refusal.BadRequest($"There is no application '{text}'; write owner:name.", 900307);
            case DenyKind.User:
                return text.EndsWith("@" + organization, StringComparison.OrdinalIgnoreCase) ? text : $"{text}@{organization}";
            default:
                return Subscription().IsMatch(text)
                    ? text
                    : throw Refusal.BadRequest($"'{text}' names no subscription; write context:version:owner-application:PRODUCTION (or SANDBOX).");
        }
    }

    private static (string Subject, bool Invert) Address(OneAddress value) => (AddressSpan.Checked(value.FixedIp, "fixedIp"), value.Invert);

    private static (string Subject, bool Invert) Range(Addresses value) =>
        (AddressSpan.Checked(value.StartingIp, value.EndingIp, "startingIp", "endingIp"), value.Invert);

    // The field's clients send the object itself; older ones send it as a text.
    private static T Read<T>(JsonElement value)
    {
        var json = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return JsonBody.Parse<T>(Encoding.UTF8.GetBytes(json), "conditionValue");
    }

    [GeneratedRegex("^/.+:[^:]+:[^:]+-[^:]+:(PRODUCTION|SANDBOX)$", RegexOptions.NonBacktracking)]
    private static partial Regex Subscription();
}
