using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tollgate.Model;
using Tollgate.Model.Rules;

namespace Tollgate.Gateway.Follow.Rules;

/// <summary>A condition of a rule, ready to be tried on every call.</summary>
internal abstract class CallTest
{
    // Longer texts borrow a buffer.
    private const int Usual = 256;

    public abstract bool Holds(Exchange exchange, IPAddress address, long bodyLength);

    public static CallTest Of(RuleTest test) => test switch
    {
        RuleTest.Constant constant => new Always(constant.Value),
        RuleTest.Not not => new Neither(Of(not.Test)),
        RuleTest.And and => new Both(Of(and.First), Of(and.Second)),
        RuleTest.Or or => new Either(Of(or.First), Of(or.Second)),
        RuleTest.Same same => new Same(CallText.Of(same.First), CallText.Of(same.Second)),
        RuleTest.Contains contains => new Contains(CallText.Of(contains.Text), contains.Part),
        RuleTest.Finds finds => new Finds(MatchPattern.Compile(finds.Pattern), CallText.Of(finds.Text)),
        RuleTest.Compare compare => new Compares(compare),
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    private sealed class Always(bool value) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength) => value;
    }

    private sealed class Neither(CallTest test) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength) => !test.Holds(exchange, address, bodyLength);
    }

    private sealed class Both(CallTest first, CallTest second) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength) =>
            first.Holds(exchange, address, bodyLength) && second.Holds(exchange, address, bodyLength);
    }

    private sealed class Either(CallTest first, CallTest second) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength) =>
            first.Holds(exchange, address, bodyLength) || second.Holds(exchange, address, bodyLength);
    }

    private sealed class Same(CallText first, CallText second) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength)
        {
            if (first.Whole(exchange) is { } one && second.Whole(exchange) is { } other)
            {
                return string.Equals(one, other, StringComparison.Ordinal);
            }

            var left = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
            var right = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
            first.AppendTo(ref left, exchange, address);
            second.AppendTo(ref right, exchange, address);
            var same = left.Text.SequenceEqual(right.Text);
            left.Clear();
            right.Clear();
            return same;
        }
    }

    private sealed class Contains(CallText text, string part) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength)
        {
            if (text.Whole(exchange) is { } whole)
            {
                return whole.Contains(part, StringComparison.Ordinal);
            }

            var buffer = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
            text.AppendTo(ref buffer, exchange, address);
            var found = buffer.Text.IndexOf(part, StringComparison.Ordinal) >= 0;
            buffer.Clear();
            return found;
        }
    }

    private sealed class Finds(Regex pattern, CallText text) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength)
        {
            if (text.Whole(exchange) is { } whole)
            {
                return pattern.IsMatch(whole);
            }

            var buffer = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
            text.AppendTo(ref buffer, exchange, address);
            var found = pattern.IsMatch(buffer.Text);
            buffer.Clear();
            return found;
        }
    }

    private sealed class Compares(RuleTest.Compare compare) : CallTest
    {
        public override bool Holds(Exchange exchange, IPAddress address, long bodyLength)
        {
            var order = Number(compare.First, address, bodyLength).CompareTo(Number(compare.Second, address, bodyLength));
            return compare.Comparison switch
            {
                Comparison.Equal => order == 0,
                Comparison.NotEqual => order != 0,
                Comparison.Less => order < 0,
                Comparison.LessOrEqual => order <= 0,
                Comparison.Greater => order > 0,
                _ => order >= 0,
            };
        }

        private static UInt128 Number(RuleNumber number, IPAddress address, long bodyLength) => number switch
        {
            RuleNumber.Literal literal => literal.Value,
            RuleNumber.Address => AddressSpan.PlainNumberOf(address),
            _ => (UInt128)Math.Max(0, bodyLength),
        };
    }
}
