using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow.Rules;

/// <summary>The custom policies, ready to be tried on every call.</summary>
internal sealed class CustomPolicyTable
{
    public static readonly CustomPolicyTable Empty = new([]);

    private CustomPolicyTable(IEnumerable<RuntimePolicy> policies)
    {
        List<CustomPolicy> all = [];
        List<(string, string)> unread = [];
        foreach (var policy in policies.OrderBy(policy => policy.Name, StringComparer.Ordinal))
        {
            try
            {
                var plan = policy.Rule!.ToPlan();
                all.Add(new CustomPolicy(policy.Name, plan with { Quota = policy.Enforcement?.Of(plan.Quota) ?? plan.Quota }));
            }
            catch (Refusal refusal)
            {
                unread.Add((policy.Name, refusal.Message));
            }
        }

        All = all;
        Unread = unread;
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<CustomPolicy> All { get; }

    /// <summary>Policies that were stored before their queries were read, and why they count nothing.</summary>
    public IReadOnlyList<(string Name, string Problem)> Unread { get; }

    public static CustomPolicyTable Of(IEnumerable<RuntimePolicy> policies) => new(policies);
}
