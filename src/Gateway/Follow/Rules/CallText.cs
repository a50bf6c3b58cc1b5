using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Gateway.Follow.Rules;

/// <summary>A text about a call, written without a string of its own.</summary>
internal abstract class CallText
{
    public static CallText Of(RuleText text) => text switch
    {
        RuleText.Literal literal => new WholeText(literal.Text, null),
        RuleText.Field field => new WholeText(null, field.Name),
        RuleText.Join join => new JoinedText(Of(join.First), Of(join.Second)),
        _ => new AddressText(),
    };

    /// <summary>The text where it exists as a string already, else null.</summary>
    public virtual string? Whole(Exchange exchange) => null;

    public abstract void AppendTo(ref DefaultInterpolatedStringHandler text, Exchange exchange, IPAddress address);

    private sealed class WholeText(string? literal, CallField? field) : CallText
    {
        public override string? Whole(Exchange exchange) => literal ?? exchange.Text(field!.Value);

        public override void AppendTo(ref DefaultInterpolatedStringHandler text, Exchange exchange, IPAddress address) =>
            text.AppendLiteral(literal ?? exchange.Text(field!.Value));
    }

    private sealed class JoinedText(CallText first, CallText second) : CallText
    {
        public override void AppendTo(ref DefaultInterpolatedStringHandler text, Exchange exchange, IPAddress address)
        {
            first.AppendTo(ref text, exchange, address);
            second.AppendTo(ref text, exchange, address);
        }
    }

    private sealed class AddressText : CallText
    {
        // As many digits as 128 bits have.
        private const int Most = 39;

        public override void AppendTo(ref DefaultInterpolatedStringHandler text, Exchange exchange, IPAddress address)
        {
            Span<char> digits = stackalloc char[Most];
            AddressSpan.PlainNumberOf(address).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            text.AppendFormatted(digits[..length]);
        }
    }
}
