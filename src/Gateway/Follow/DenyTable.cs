using System.Collections.Frozen;
using System.Net;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow;

/// <summary>Whose calls are refused, ready to be asked on every call.</summary>
internal sealed class DenyTable
{
    public static readonly DenyTable Empty = new([]);

    private readonly FrozenDictionary<string, Denied> _organizations;

    private DenyTable(IEnumerable<RuntimeDenyPolicy> policies) => _organizations = policies.Where(policy => policy.Enabled)
        .GroupBy(policy => policy.Organization).ToFrozenDictionary(group => group.Key, group => new Denied([.. group]), StringComparer.Ordinal);

    public static DenyTable Of(IEnumerable<RuntimeDenyPolicy> policies) => new(policies);

    /// <summary>What protects the APIs of an organization, or null where nothing does.</summary>
    public Denied? In(string organization) => _organizations.Count == 0 ? null : _organizations.GetValueOrDefault(organization);
}

/// <summary>The deny policies of one organization.</summary>
internal sealed class Denied
{
    private readonly FrozenSet<string> _apis;
    private readonly FrozenSet<string> _applications;
    private readonly FrozenSet<string> _users;
    private readonly FrozenSet<string> _subscriptions;
    private readonly FrozenSet<UInt128> _addresses;
    private readonly AddressSpan[] _ranges;
    private readonly AddressSpan[] _allButRanges;

    public Denied(IReadOnlyList<RuntimeDenyPolicy> policies)
    {
        _apis = Subjects(policies, DenyKind.Api).ToFrozenSet(StringComparer.Ordinal);
        _subscriptions = Subjects(policies, DenyKind.Subscription).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _applications = Subjects(policies, DenyKind.Application).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _users = Subjects(policies, DenyKind.User).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _addresses = policies.Where(policy => policy is { Kind: DenyKind.Address, Invert: false })
            .Select(policy => AddressSpan.Parse(policy.Subject).First).ToFrozenSet();
        _ranges = [.. policies.Where(policy => policy is { Kind: DenyKind.AddressRange, Invert: false }).Select(Range)];
        _allButRanges = [.. policies.Where(policy => policy is { Kind: DenyKind.Address or DenyKind.AddressRange, Invert: true }).Select(Range)];
    }

    public bool HasSubscriptions => _subscriptions.Count > 0;

    public bool HasAddresses => _addresses.Count > 0 || _ranges.Length > 0 || _allButRanges.Length > 0;

    public bool Api(string context) => _apis.Contains(context);

    public bool User(string subject) => _users.Contains(subject);

    public bool Application(string owner, string name) => _applications.Count > 0 && _applications.Contains($"{owner}:{name}");

    public bool Subscription(string subject) => _subscriptions.Contains(subject);

    /// <summary>An address that could not be found out is outside every range, so that an inverted policy holds for it.</summary>
    public bool Address(IPAddress address)
    {
        var number = AddressSpan.NumberOf(address);
        if (_addresses.Contains(number))
        {
            return true;
        }

        foreach (var range in _ranges)
        {
            if (range.Contains(number))
            {
                return true;
            }
        }

        foreach (var range in _allButRanges)
        {
            if (!range.Contains(number))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Subjects(IEnumerable<RuntimeDenyPolicy> policies, DenyKind kind) =>
        policies.Where(policy => policy.Kind == kind).Select(policy => policy.Subject);

    private static AddressSpan Range(RuntimeDenyPolicy policy) => AddressSpan.Parse(policy.Subject);
}
