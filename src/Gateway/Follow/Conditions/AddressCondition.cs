using Tollgate.Model;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>The caller's address is within a span.</summary>
internal sealed class AddressCondition(AddressSpan span, bool invert) : CallCondition(invert)
{
    protected override bool IsMet(in RequestView request, Exchange exchange) => span.Contains(AddressSpan.NumberOf(request.ClientAddress));
}
