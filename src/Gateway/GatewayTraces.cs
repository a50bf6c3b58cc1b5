namespace Tollgate.Gateway;

/// <summary>Names of the gateway's trace sources.</summary>
public static class GatewayTraces
{
    public const string Calls = "Tollgate.Gateway.Calls";
    public const string Feed = "Tollgate.Gateway.Feed";

    /// <summary>What a call's span is called while it is not known which operation it meets; samplers go by it.</summary>
    public const string CallName = "call";
}
