using System.Net;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>Every kind of policy in every unit: as many calls as it says, refused with its code until the window ends, and then again.</summary>
public sealed class EveryPolicyTests
{
    private const int Max = 3;

    // A moment inside of a window of every unit.
    private const long Now = 1_800_000_000_500;

    private static readonly Dictionary<string, (string Code, Func<Quota, LimitedScene> Make)> Kinds = new()
    {
        ["api"] = ("900800", quota => OfApi(LimitedScene.Policy(PolicyKind.Advanced, quota))),
        ["api group"] = ("900800", quota => OfApi(LimitedScene.Policy(PolicyKind.Advanced) with { Groups = [GroupOf(quota)] })),
        ["operation"] = ("900802", quota => OfOperation(LimitedScene.Policy(PolicyKind.Advanced, quota))),
        ["operation group"] = ("900802", quota => OfOperation(LimitedScene.Policy(PolicyKind.Advanced) with { Groups = [GroupOf(quota)] })),
        ["subscription"] = ("900804", quota => OfPlan(LimitedScene.Policy(PolicyKind.Subscription, quota))),
        ["subscription burst"] = ("900807", quota => OfPlan(LimitedScene.Policy(PolicyKind.Subscription, burst: quota))),
        ["application"] = ("900803", quota => OfApplication(LimitedScene.Policy(PolicyKind.Application, quota))),
        ["application burst"] = ("900809", quota => OfApplication(LimitedScene.Policy(PolicyKind.Application, burst: quota))),
        ["anonymous"] = ("900804", OfAnonymous),
        ["custom"] = ("900806", OfCustom),
        ["production back end"] = ("900801", quota => OfBackend(KeyType.Production, quota)),
        ["sandbox back end"] = ("900801", quota => OfBackend(KeyType.Sandbox, quota)),
    };

    public static TheoryData<string, string, int> Everything()
    {
        TheoryData<string, string, int> all = [];
        foreach (var kind in Kinds.Keys)
        {
            // The contract names three units for back ends.
            var units = kind.EndsWith("back end", StringComparison.Ordinal) ? ["sec", "min", "hour"]
                : (string[])["sec", "min", "hour", "day", "month", "year"];
            foreach (var unit in units)
            {
                all.Add(kind, unit, 1);
                if (!kind.EndsWith("back end", StringComparison.Ordinal))
                {
                    all.Add(kind, unit, 7);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Policy_OfThreeCallsPerWindow_AdmitsThreeInEach(string kind, string unit, int unitTime)
    {
        var quota = Quota.Checked(QuotaKind.Requests, Max, unit, unitTime);
        var (code, make) = Kinds[kind];
        var scene = make(quota);
        var path = kind == "anonymous" ? LimitedScene.FreePath : LimitedScene.OperationPath;
        var end = Now - (Now % quota.WindowMilliseconds) + quota.WindowMilliseconds;
        foreach (var now in (long[])[Now, end, end + quota.WindowMilliseconds])
        {
            var codes = Enumerable.Range(0, Max + 2).Select(_ => Call(scene, path, now));
            Assert.Equal([null, null, null, code, code], codes);
            Assert.Equal(now - (now % quota.WindowMilliseconds) + quota.WindowMilliseconds, scene.Scene.Exchange.RetryAt);
        }

        Assert.Equal(code, Call(scene, path, end + (2 * quota.WindowMilliseconds) - 1));
    }

    // Limits of back ends are no policies.
    public static TheoryData<string, string, int, QuotaWindow> EverythingThatFlowsBack()
    {
        TheoryData<string, string, int, QuotaWindow> all = [];
        foreach (var row in Everything())
        {
            var (kind, unit, unitTime) = row.Data;
            if (!kind.EndsWith("back end", StringComparison.Ordinal))
            {
                all.Add(kind, unit, unitTime, QuotaWindow.Sliding);
                all.Add(kind, unit, unitTime, QuotaWindow.TokenBucket);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(EverythingThatFlowsBack))]
    public void Policy_OfThreeCalls_LetsOneMoreThroughWhenAThirdOfTheTimeIsOver(string kind, string unit, int unitTime, QuotaWindow window)
    {
        var quota = Quota.Checked(QuotaKind.Requests, Max, unit, unitTime) with { Window = window };
        var (code, make) = Kinds[kind];
        var scene = make(quota);
        var path = kind == "anonymous" ? LimitedScene.FreePath : LimitedScene.OperationPath;
        Assert.Equal([null, null, null, code, code], Enumerable.Range(0, Max + 2).Select(_ => Call(scene, path, Now)));

        // What was used begins to come back when the window ends that it was counted in.
        var end = Now - (Now % quota.CountedMilliseconds) + quota.CountedMilliseconds;
        var next = end + (long)Math.Ceiling(quota.WindowMilliseconds / 3.0);
        Assert.InRange(scene.Scene.Exchange.RetryAt, next, next + 1);
        Assert.Equal([code, code], ((long[])[end, next - 1]).Select(now => Call(scene, path, now)));
        Assert.Equal([null, code], Enumerable.Range(0, 2).Select(_ => Call(scene, path, next + 1)));

        var rested = end + (4 * quota.WindowMilliseconds);
        Assert.Equal([null, null, null, code], Enumerable.Range(0, Max + 1).Select(_ => Call(scene, path, rested)));
    }

    [Theory]
    [InlineData("api")]
    [InlineData("api group")]
    [InlineData("operation")]
    [InlineData("operation group")]
    [InlineData("subscription")]
    [InlineData("application")]
    [InlineData("anonymous")]
    public void Bandwidth_OfTwoKilobytes_AdmitsBodiesWhileThereIsRoom(string kind)
    {
        var (code, make) = Kinds[kind];
        var scene = make(new Quota(QuotaKind.Bytes, 2048, "hour", 1));
        var path = kind == "anonymous" ? LimitedScene.FreePath : LimitedScene.OperationPath;
        Assert.Equal(
            [null, null, null, code],
            ((int[])[1000, 1000, 1000, 1]).Select(size => Call(scene, path, Now, size)));
    }

    [Fact]
    public void SoftQuota_Exceeded_LeavesTheLaterChecksInForce()
    {
        var scene = OfPlan(LimitedScene.Policy(PolicyKind.Subscription, Requests(1), Requests(4), stops: false));
        scene.Put(LimitedScene.Policy(PolicyKind.Application, Requests(3), name: "A"));
        scene.Register("A");
        Assert.Equal([null, null, null, "900803"], Enumerable.Range(0, 4).Select(_ => scene.Call()));
        // What the application's policy refused was not counted by the burst limit: there is one left.
        scene.Register("Unlimited");
        Assert.Equal([null, "900807"], Enumerable.Range(0, 2).Select(_ => scene.Call()));
    }

    [Fact]
    public void Order_OfAllLimitsAtOnce_IsThatOfTheField()
    {
        (string Code, Action<LimitedScene, Quota> Set)[] order =
        [
            ("900800", (scene, quota) => scene.Put(LimitedScene.Policy(PolicyKind.Advanced, quota))),
            ("900804", (scene, quota) => scene.Put(LimitedScene.Policy(PolicyKind.Subscription, quota, Requests(1)))),
            ("900807", (scene, quota) => scene.Put(LimitedScene.Policy(PolicyKind.Subscription, null, quota))),
            ("900803", (scene, quota) => scene.Put(LimitedScene.Policy(PolicyKind.Application, quota, Requests(1)))),
            ("900809", (scene, quota) => scene.Put(LimitedScene.Policy(PolicyKind.Application, null, quota))),
            ("900806", (scene, quota) => scene.Put(Custom(quota.Limit))),
            ("900801", (scene, quota) => { }),
        ];
        var scene = new LimitedScene();
        scene.Deploy(api => api with { Policy = "P", MaxTps = new MaxTps { Production = 1, ProductionTimeUnit = "HOUR" } }, "P");
        scene.Subscribe("P");
        scene.Register("P");
        foreach (var (_, set) in order)
        {
            set(scene, Requests(1));
        }

        scene.Put(LimitedScene.Policy(PolicyKind.Subscription, Requests(1), Requests(1)));
        scene.Put(LimitedScene.Policy(PolicyKind.Application, Requests(1), Requests(1)));
        Assert.Null(scene.Call());
        // One limit after the other gets room; the next one in the order answers.
        foreach (var (code, set) in order)
        {
            Assert.Equal(code, scene.Call());
            set(scene, Requests(1000));
        }
    }

    [Fact]
    public void PolicyOfTheApi_TakesThePlaceOfThoseOfItsOperations()
    {
        var scene = OfOperation(LimitedScene.Policy(PolicyKind.Advanced, Requests(1)));
        scene.Put(LimitedScene.Policy(PolicyKind.Advanced, Requests(2), name: "Api"));
        scene.Deploy(api => api with { Policy = "Api" }, "P");
        Assert.Equal([null, null, "900800"], Enumerable.Range(0, 3).Select(_ => scene.Call()));
    }

    [Fact]
    public void BackendLimit_OfZero_IsNone()
    {
        var scene = new LimitedScene();
        scene.Deploy(api => api with { MaxTps = new MaxTps { Production = 0, Sandbox = 1 } });
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(scene.Call()));
    }

    [Fact]
    public void AnonymousCalls_OfTwoAddresses_CountApart()
    {
        var scene = OfAnonymous(Requests(1));
        SceneCall From(string address) => new() { Path = LimitedScene.FreePath, Address = IPAddress.Parse(address) };
        Assert.Null(scene.Scene.Call(From("192.0.2.1")));
        Assert.Equal("900804", scene.Scene.Call(From("192.0.2.1")));
        Assert.Null(scene.Scene.Call(From("2001:db8::1")));
    }

    private static string? Call(LimitedScene scene, string path, long now, int body = 0)
    {
        var call = new SceneCall { Path = path, Milliseconds = now, Body = body };
        return path == LimitedScene.FreePath ? scene.Scene.Call(call) : scene.Call(call);
    }

    private static Quota Requests(long max) => new(QuotaKind.Requests, max, "hour", 1);

    private static ConditionGroup GroupOf(Quota quota) =>
        new(null, [new Condition(ConditionKind.Address, null, "192.0.2.0-192.0.2.255", false)], quota);

    private static RuntimePolicy Custom(long limit, string per = "1 hour") =>
        LimitedScene.Policy(PolicyKind.Custom) with { Rule = new CustomRule($"LIMIT {limit} PER {per} WHERE userId == '{LimitedScene.User}'", "$userId") };

    private static LimitedScene OfApi(RuntimePolicy policy)
    {
        var scene = new LimitedScene();
        scene.Put(policy);
        scene.Deploy(api => api with { Policy = "P" });
        return scene;
    }

    private static LimitedScene OfOperation(RuntimePolicy policy)
    {
        var scene = new LimitedScene();
        scene.Put(policy);
        scene.Deploy(api => api, "P");
        return scene;
    }

    private static LimitedScene OfPlan(RuntimePolicy policy)
    {
        var scene = new LimitedScene();
        scene.Put(policy);
        scene.Subscribe("P");
        return scene;
    }

    private static LimitedScene OfApplication(RuntimePolicy policy)
    {
        var scene = new LimitedScene();
        scene.Put(policy);
        scene.Register("P");
        return scene;
    }

    private static LimitedScene OfAnonymous(Quota quota)
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Subscription, quota, name: DefaultPolicies.Unauthenticated));
        return scene;
    }

    private static LimitedScene OfCustom(Quota quota)
    {
        var scene = new LimitedScene();
        scene.Put(Custom(quota.Limit, $"{quota.UnitTime} {quota.TimeUnit}") with { Enforcement = new Enforcement { Window = quota.Window } });
        return scene;
    }

    private static LimitedScene OfBackend(KeyType keyType, Quota quota)
    {
        var unit = quota.TimeUnit switch { "sec" => "SECOND", "min" => "MINUTE", _ => "HOUR" };
        var scene = new LimitedScene(keyType);
        scene.Deploy(api => api with
        {
            MaxTps = new MaxTps
            {
                Production = keyType == KeyType.Production ? quota.Limit : 1,
                ProductionTimeUnit = unit,
                Sandbox = keyType == KeyType.Sandbox ? quota.Limit : 1,
                SandboxTimeUnit = unit,
            },
        });
        return scene;
    }
}
