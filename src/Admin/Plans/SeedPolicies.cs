using Tollgate.Model;
using Tollgate.Storage.Policies;

namespace Tollgate.Admin.Plans;

/// <summary>Gives a new organization its default throttling policies; does nothing on every later start.</summary>
internal sealed class SeedPolicies(PolicyStore policies, TimeProvider time)
{
    public async Task RunAsync(string organization)
    {
        if ((await policies.ListAsync(organization, PolicyKind.Application, new PageRequest(0, 1))).Total > 0)
        {
            return;
        }

        await policies.CreateAsync([.. DefaultPolicies.All.Select(entry => DefaultPolicies.Create(
            Guid.CreateVersion7(time.GetUtcNow()).ToString(), organization, entry.Kind, entry.Name, entry.PerMinute))]);
    }
}
