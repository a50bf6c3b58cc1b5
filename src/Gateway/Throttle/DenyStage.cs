namespace Tollgate.Gateway.Throttle;

/// <summary>Refuses calls that a deny policy names. What depends on the token is decided with its binding, once per snapshot.</summary>
internal static class DenyStage
{
    public static Verdict Run(in RequestView request, Exchange exchange)
    {
        var deployed = exchange.Api!.Deployed;
        if (exchange.Snapshot.DenyPolicies.In(deployed.Organization) is not { } denied)
        {
            return Verdict.Continue;
        }

        var refused = (exchange.Binding is { } binding ? binding.IsDenied : denied.Api(deployed.Context))
            || (denied.HasAddresses && denied.Address(request.ClientAddress));
        return refused ? Faults.Denied : Verdict.Continue;
    }
}
