using Tollgate.Gateway;
using Tollgate.Gateway.Throttle;
using Tollgate.Model;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>What callers are told of their limits.</summary>
public sealed class RateLimitFieldsTests
{
    private const long Minute = 60_000;
    private const long Start = 30_000_000 * Minute;

    [Fact]
    public void Call_CountedAgainstSeveralLimits_NamesThemInTheirOrder()
    {
        var scene = LimitedAt("P");
        Assert.Null(Call(scene, 500));
        Assert.Equal(
            new RateLimitFields(
                "\"subscription\";q=3;w=60, \"subscription-burst\";q=2;w=1, \"application\";q=2048;qu=\"content-bytes\";w=3600",
                "\"subscription\";r=2;t=60, \"subscription-burst\";r=1;t=1, \"application\";r=1548;t=3600",
                null),
            RateLimitFields.Of(scene.Scene.Exchange));
    }

    [Fact]
    public void Call_Refused_NamesTheLimitThatRefusedItAlone()
    {
        var scene = LimitedAt("P");
        Assert.Null(Call(scene, 0));
        Assert.Null(Call(scene, 0));
        Assert.Equal("900807", Call(scene, 0, Start + 100));
        Assert.Equal(
            new RateLimitFields("\"subscription-burst\";q=2;w=1", "\"subscription-burst\";r=0;t=1", null),
            RateLimitFields.Of(scene.Scene.Exchange));
    }

    [Theory]
    [InlineData(QuotaWindow.Sliding, 60 + 60, 60 + 20)]
    [InlineData(QuotaWindow.TokenBucket, 6 + 60, 6 + 20)]
    public void Call_UnderALimitThatFlowsBack_IsToldWhenAllIsThereAndIfRefusedWhenOneIs(QuotaWindow window, int whole, int one)
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Subscription, new Quota(QuotaKind.Requests, 3, "min", 1) { Window = window }));
        scene.Subscribe("P");
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => Call(scene, 0)));
        Assert.Equal(
            new RateLimitFields("\"subscription\";q=3;w=60", $"\"subscription\";r=0;t={whole}", null), RateLimitFields.Of(scene.Scene.Exchange));
        Assert.Equal("900804", Call(scene, 0));
        Assert.Equal(
            new RateLimitFields("\"subscription\";q=3;w=60", $"\"subscription\";r=0;t={one}", null), RateLimitFields.Of(scene.Scene.Exchange));
        Assert.Equal(Start + (1_000 * one), scene.Scene.Exchange.RetryAt);
    }

    [Fact]
    public void Call_RefusedAndJudgedAnew_IsNoLongerTheOneThatWasRefused()
    {
        var scene = LimitedAt("P");
        Assert.Equal([null, null, "900807"], Enumerable.Range(0, 3).Select(_ => Call(scene, 0)));
        var exchange = scene.Scene.Exchange;
        exchange.Resume(exchange.Snapshot);
        Assert.Equal((0L, null), (exchange.RetryAt, exchange.RefusedBy));
    }

    [Fact]
    public void Call_UnderNoLimitOfTheCaller_IsToldNothing()
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Subscription, new Quota(QuotaKind.Requests, 1, "min", 1), stops: false));
        scene.Subscribe("P");
        scene.Deploy(api => api with { MaxTps = new MaxTps { Production = 1 } });
        Assert.Null(Call(scene, 0));
        Assert.Null(RateLimitFields.Of(scene.Scene.Exchange));
        Assert.Equal("900801", Call(scene, 0));
        Assert.Null(RateLimitFields.Of(scene.Scene.Exchange));
    }

    [Theory]
    [InlineData("*", "Default", true)]
    [InlineData("Default", "Default", true)]
    [InlineData("Other", "Default", false)]
    [InlineData(null, "Default", false)]
    public void Environment_InTheList_IsToldSo(string? listed, string name, bool has) =>
        Assert.Equal(has, LimitHeaderOptions.Has(listed is null ? [] : [listed], name));

    private static LimitedScene LimitedAt(string plan)
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(
            PolicyKind.Subscription, new Quota(QuotaKind.Requests, 3, "min", 1), new Quota(QuotaKind.Requests, 2, "sec", 1), name: plan));
        scene.Put(LimitedScene.Policy(PolicyKind.Application, new Quota(QuotaKind.Bytes, 2048, "hour", 1), name: plan));
        scene.Subscribe(plan);
        scene.Register(plan);
        return scene;
    }

    private static string? Call(LimitedScene scene, int body, long now = Start) => scene.Call(new SceneCall { Body = body, Milliseconds = now });
}
