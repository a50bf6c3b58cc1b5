namespace Tollgate.Gateway.Throttle;

/// <summary>
/// How many gateways there are. Every gateway speaks in every partition, so whichever is heard says it for all: a partition that no traffic manager
/// counts must not take this gateway for the only one. Written by the thread that hears traffic managers, read by every call.
/// </summary>
/// <param name="mayExist">Other gateways can be reached by the bus of this node.</param>
internal sealed class Neighbours(bool mayExist)
{
    private const long AgreementMilliseconds = 3_000;

    private long _agreedAt;
    private int _gateways = 1;

    public bool MayExist => mayExist;

    /// <summary>This one included.</summary>
    public int Gateways => Volatile.Read(ref _gateways);

    public void Hear(int gateways, long now)
    {
        // A traffic manager that has just begun knows of few gateways, until each of them has said that it is there.
        if (gateways >= _gateways || now - _agreedAt > AgreementMilliseconds)
        {
            Volatile.Write(ref _gateways, Math.Max(1, gateways));
            _agreedAt = now;
        }
    }
}
