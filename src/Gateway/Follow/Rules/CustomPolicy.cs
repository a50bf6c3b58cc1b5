using System.Net;
using System.Runtime.CompilerServices;
using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Gateway.Follow.Rules;

/// <summary>A custom policy, ready to be tried on every call.</summary>
internal sealed class CustomPolicy(string name, CustomPlan plan)
{
    private readonly CallTest _eligible = CallTest.Of(plan.Eligible);
    private readonly CallText _template = CallText.Of(plan.Template);
    private readonly CallText? _key = plan.Key == plan.Template ? null : CallText.Of(plan.Key);

    public string Name => name;

    public Quota Quota => plan.Quota;

    /// <summary>Writes what the call counts under. False when it does not count here.</summary>
    /// <remarks>
    /// A query may name its key otherwise than the template does, by literals that its condition makes equal; where the two differ, nobody
    /// would ever look up what was counted.
    /// </remarks>
    public bool TryWriteKey(ref DefaultInterpolatedStringHandler key, Exchange exchange, IPAddress address, long bodyLength)
    {
        if (!_eligible.Holds(exchange, address, bodyLength))
        {
            return false;
        }

        _template.AppendTo(ref key, exchange, address);
        return _key is null || IsKey(key.Text, exchange, address);
    }

    private bool IsKey(ReadOnlySpan<char> key, Exchange exchange, IPAddress address)
    {
        var own = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        _key!.AppendTo(ref own, exchange, address);
        var same = own.Text.SequenceEqual(key);
        own.Clear();
        return same;
    }
}
