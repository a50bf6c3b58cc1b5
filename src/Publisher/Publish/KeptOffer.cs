using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.Publisher.Publish;

/// <summary>What an API that developers may rely on does not lose by a change.</summary>
internal sealed class KeptOffer(OrganizationSettingsStore settings)
{
    public async Task RefuseLossAsync(Api stored, ApiDesign wanted)
    {
        if (stored.State is LifecycleState.Created or LifecycleState.Prototyped)
        {
            return;
        }

        if (wanted.Policies.Count == 0)
        {
            throw Refusal.BadRequest($"An API in state {EnumText<LifecycleState>.Of(stored.State)} keeps at least one business plan.", 903224);
        }

        // What became required after the API was published is asked for when it is published again.
        var required = (await settings.FindAsync(stored.Organization)).RequiredProperties;
        if (wanted.LacksOf(required).Except(stored.Design.LacksOf(required)).ToArray() is [_, ..] lost)
        {
            throw Refusal.BadRequest(
                $"The organization requires a value of {string.Join(", ", lost)} among the additionalProperties; an API in state "
                + $"{EnumText<LifecycleState>.Of(stored.State)} keeps it.",
                903015);
        }
    }
}
