using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tollgate.Gateway.Follow.Rules;
using Tollgate.Model;
using Tollgate.Model.Rules;
using Tollgate.Unit.Gateway.Throttle;

namespace Tollgate.Unit.Gateway.Follow;

/// <summary>Custom policies as calls are tried on them: the same as a plain reading of their expressions, and without memory.</summary>
public sealed class CustomPolicyTests
{
    private const int Plans = 3_000;

    private static readonly string[] Words = ["", "a", "mary", "mary@carbon.super", "/orders/1.0", "1.0", "167772161", "Unlimited", "ra"];
    private static readonly string[] Patterns = ["a", "^mary", "[0-9]+$", "(r|l)a", "^$"];
    private static readonly string[] Addresses = ["10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "255.255.255.255", "0.0.0.0"];

    [Fact]
    public void Policy_OfRandomExpressions_DecidesLikeAPlainInterpreter()
    {
        var scene = new LimitedScene();
        Assert.Null(scene.Call());
        var exchange = scene.Scene.Exchange;
        var random = new Random(20_261_201);
        var (held, counted) = (0, 0);
        for (var i = 0; i < Plans; i++)
        {
            var template = Text(random, 2);
            var plan = new CustomPlan(
                Test(random, 4), random.Next(3) == 0 ? Text(random, 2) : template, template, new Quota(QuotaKind.Requests, 1, "min", 1));
            var policy = new CustomPolicy("p", plan);
            var address = IPAddress.Parse(Addresses[random.Next(Addresses.Length)]);
            var body = random.Next(3) * 1000L;
            var expected = Holds(plan.Eligible);
            held += expected ? 1 : 0;
            var (key, wanted) = (TextOf(plan.Key), TextOf(plan.Template));

            var written = new DefaultInterpolatedStringHandler(0, 0);
            var counts = policy.TryWriteKey(ref written, exchange, address, body);
            Assert.True((expected && key == wanted) == counts, $"{i}: {plan}");
            if (counts)
            {
                counted++;
                Assert.Equal(wanted, written.Text.ToString());
            }

            written.Clear();

            bool Holds(RuleTest test) => test switch
            {
                RuleTest.Constant constant => constant.Value,
                RuleTest.Not not => !Holds(not.Test),
                RuleTest.And and => Holds(and.First) && Holds(and.Second),
                RuleTest.Or or => Holds(or.First) || Holds(or.Second),
                RuleTest.Same same => TextOf(same.First) == TextOf(same.Second),
                RuleTest.Contains contains => TextOf(contains.Text).Contains(contains.Part, StringComparison.Ordinal),
                RuleTest.Finds finds => Regex.IsMatch(TextOf(finds.Text), finds.Pattern, RegexOptions.CultureInvariant),
                RuleTest.Compare compare => NumberOf(compare.First).CompareTo(NumberOf(compare.Second)) is var order && compare.Comparison switch
                {
                    Comparison.Equal => order == 0,
                    Comparison.NotEqual => order != 0,
                    Comparison.Less => order < 0,
                    Comparison.LessOrEqual => order < 1,
                    Comparison.Greater => order > 0,
                    _ => order > -1,
                },
                _ => throw new InvalidOperationException(),
            };

            string TextOf(RuleText text) => text switch
            {
                RuleText.Literal literal => literal.Text,
                RuleText.Field field => exchange.Text(field.Name),
                RuleText.Join join => TextOf(join.First) + TextOf(join.Second),
                _ => Number(address).ToString(CultureInfo.InvariantCulture),
            };

            UInt128 NumberOf(RuleNumber number) => number switch
            {
                RuleNumber.Literal literal => literal.Value,
                RuleNumber.Address => Number(address),
                _ => (UInt128)body,
            };
        }

        // The samples say something: about half hold, and many count.
        Assert.InRange(held, Plans / 4, Plans * 3 / 4);
        Assert.InRange(counted, Plans / 10, Plans);
    }

    [Fact]
    public void Call_UnderTheFieldsSample_CountsForTheUserItNames()
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Custom) with
        {
            Rule = new CustomRule(
                $"""
                FROM RequestStream
                SELECT userId, ( userId == '{LimitedScene.User}' and apiContext == '/orders/1.0' and apiVersion == '1.0') AS isEligible ,
                str:concat('{LimitedScene.User}',':','/orders/1.0:1.0') as throttleKey
                INSERT INTO EligibilityStream;
                FROM EligibilityStream[isEligible==true]#throttler:timeBatch(1 min)
                SELECT throttleKey, (count(throttleKey) >= 2) as isThrottled, expiryTimeStamp group by throttleKey
                INSERT ALL EVENTS into ResultStream;
                """,
                "$userId:$apiContext:$apiVersion"),
        });
        Assert.Equal([null, null, "900806"], Enumerable.Range(0, 3).Select(_ => scene.Call()));
        Assert.Null(scene.Scene.Call(new SceneCall { Path = LimitedScene.FreePath }));
    }

    [Fact]
    public void Call_UnderAKeyOfTheAddress_CountsPerAddress()
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Custom) with { Rule = new CustomRule("LIMIT 1 PER 1 min", "$clientIp") });
        Assert.Equal([null, "900806", null], new[] { "10.0.0.1", "::ffff:10.0.0.1", "10.0.0.2" }.Select(scene.CallFrom));
    }

    [Fact]
    public void Policies_OfTheSameKey_CountApart()
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Custom, name: "A") with { Rule = new CustomRule("LIMIT 2 PER 1 min", "$userId") });
        scene.Put(LimitedScene.Policy(PolicyKind.Custom, name: "B") with { Rule = new CustomRule("LIMIT 3 PER 1 min", "$userId") });
        Assert.Equal([null, null, "900806"], Enumerable.Range(0, 3).Select(_ => scene.Call()));
    }

    [Fact]
    public void PolicyStoredByAnEarlierVersion_NotUnderstood_CountsNothingAndIsNamed()
    {
        var table = CustomPolicyTable.Of(
        [
            LimitedScene.Policy(PolicyKind.Custom, name: "old") with { Rule = new CustomRule("FROM Elsewhere", "$userId") },
            LimitedScene.Policy(PolicyKind.Custom, name: "new") with { Rule = new CustomRule("LIMIT 1 PER 1 min", "$userId") },
        ]);
        Assert.Equal("new", Assert.Single(table.All).Name);
        Assert.Equal("old", Assert.Single(table.Unread).Name);
    }

    [Fact]
    public void Call_UnderCustomPolicies_AllocatesNothing()
    {
        var scene = new LimitedScene();
        const string Where = "userId != 'x' and regex:find('^m', userId) and str:contains(str:concat(apiContext, ':', clientIp), '1.0:') and clientIp > 1";
        scene.Put(LimitedScene.Policy(PolicyKind.Custom) with
        {
            Rule = new CustomRule($"LIMIT 1000000000 PER 1 year WHERE {Where}", "$userId:$clientIp:$apiContext"),
        });
        var call = scene.Signed();
        var head = Scene.Lines(call.Headers);
        Repeat(2_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(2_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Null(scene.Call());

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.True(scene.Scene.Run(head, call).Step == Tollgate.Gateway.Step.Continue);
            }
        }
    }

    private static UInt128 Number(IPAddress address)
    {
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes.Aggregate((UInt128)0, (sum, next) => (sum << 8) | next);
    }

    private static RuleTest Test(Random random, int depth) => (depth == 0 ? random.Next(4, 8) : random.Next(8)) switch
    {
        0 => new RuleTest.Not(Test(random, depth - 1)),
        1 or 2 => new RuleTest.And(Test(random, depth - 1), Test(random, depth - 1)),
        3 => new RuleTest.Or(Test(random, depth - 1), Test(random, depth - 1)),
        4 => new RuleTest.Same(Text(random, 1), Text(random, 1)),
        5 => new RuleTest.Contains(Text(random, 2), Words[random.Next(Words.Length)]),
        6 => new RuleTest.Finds(Patterns[random.Next(Patterns.Length)], Text(random, 2)),
        _ => new RuleTest.Compare(NumberOf(random), (Comparison)random.Next(6), NumberOf(random)),
    };

    private static RuleText Text(Random random, int depth) => (depth == 0 ? random.Next(3) : random.Next(5)) switch
    {
        0 => new RuleText.Literal(Words[random.Next(Words.Length)]),
        1 => new RuleText.Field((CallField)random.Next(Enum.GetValues<CallField>().Length)),
        2 => new RuleText.Address(),
        _ => new RuleText.Join(Text(random, depth - 1), Text(random, depth - 1)),
    };

    private static RuleNumber NumberOf(Random random) => random.Next(3) switch
    {
        0 => new RuleNumber.Literal((UInt128)random.Next(3) * 83_886_080),
        1 => new RuleNumber.Address(),
        _ => new RuleNumber.BodyLength(),
    };
}
