namespace Tollgate.Gateway.Throttle;

/// <summary>What is known of the other gateways in one window, and what of the limit that leaves to this one.</summary>
/// <param name="Total">What they let through, as far as announced; a lower bound, so the larger of two is the better one.</param>
/// <param name="Reserved">What gateways that are out of reach may let through.</param>
/// <param name="Demand">How much per second is asked of them.</param>
/// <param name="OwnDemand">How much per second is asked of this gateway.</param>
/// <param name="Included">What of this gateway's total the announced sum holds.</param>
/// <param name="Chance">0 to 1; decides about fractions of a call.</param>
/// <param name="At">When it was announced, in Unix milliseconds by the shared clock.</param>
internal sealed record Others(long Total, long Reserved, double Demand, double OwnDemand, long Included, double Chance, long At)
{
    /// <summary>
    /// What this gateway keeps free for the others reaches so far beyond the age of what it knows: longer than news of them takes to come.
    /// </summary>
    private const double HorizonSeconds = 0.25;

    // Near the limit an announcement is no older than this, unless this gateway or the way to it is held up: the others then go on with newer ones.
    private const long FreshMilliseconds = 100;

    // An announcement would have said that they ask for something: traffic managers repeat it twice a second while they do.
    private const long DemandMilliseconds = 1_600;

    /// <summary>How much this gateway may have let through in this window.</summary>
    /// <param name="limit">Of all gateways.</param>
    /// <param name="now">Unix milliseconds by the shared clock.</param>
    /// <param name="announcedAt">When a traffic manager last said anything: nobody asks for what it then left out, while its silence says nothing.</param>
    /// <remarks>
    /// 1. The others have used <see cref="Total"/>, and get what they will ask for until news of it arrives, or until the limit is reached, whichever comes
    ///    first. While there is plenty of room that is little, and whoever has calls may use the rest.
    /// 2. Close to the limit it is their part of the room, by demand: all gateways divide the same room by the same demand, so what all of them may
    ///    still let through adds up to it. Of a room that was announced longer ago than usual, the others may have used what they ask for since.
    /// </remarks>
    public long RoomFor(long limit, long now, long announcedAt)
    {
        var left = limit - Total - Reserved;
        var age = now - At;
        if (Demand <= 0 || announcedAt - At > DemandMilliseconds)
        {
            return left;
        }

        var late = Math.Max(0, age - FreshMilliseconds);
        var used = Math.Min(Demand * late / 1000, Math.Max(0, left - Included));
        var untilFull = (left - Included - used) / (Demand + OwnDemand);
        var kept = used + (Demand * Math.Min(HorizonSeconds + (Math.Max(0, age - late) / 1000.0), Math.Max(0, untilFull)));
        // Fractions by chance, drawn with each announcement: rounded down, two gateways would never use the last call; rounded up, both would.
        return left - (long)(kept + Chance);
    }

    /// <summary>True when less than a second of room is left: then the next total is worth sending at once.</summary>
    public bool IsNear(long limit) => Demand > 0 && limit - Total - Reserved - Included < Demand + OwnDemand;
}
