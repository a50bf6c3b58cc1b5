namespace Tollgate.Gateway.Loop;

/// <summary>Waits until a socket can be read from or written to, or has failed; told once each time it was asked to wait.</summary>
internal interface IWaiter
{
    /// <summary>Mostly on the thread of the socket's loop: what takes long goes elsewhere.</summary>
    void Ready();
}
