using System.Text;
using Tollgate.Gateway;
using Tollgate.Model;

namespace Tollgate.Unit.Gateway.Throttle;

/// <summary>Condition groups of advanced policies: which calls they are for, and what those count against.</summary>
public sealed class ConditionGroupTests
{
    private const string Refused = "900800";

    private static readonly Quota One = new(QuotaKind.Requests, 1, "min", 1);
    private static readonly Quota Two = One with { Limit = 2 };

    public static TheoryData<string, bool> Addresses => new()
    {
        { "10.0.0.5", true },
        { "10.0.0.1", true },
        { "10.0.0.9", true },
        { "::ffff:10.0.0.5", true },
        { "10.0.0.10", false },
        { "9.255.255.255", false },
        { "2001:db8::5", false },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_BetweenBothEnds_IsInTheGroup(string address, bool isIn)
    {
        Assert.Equal(isIn, IsIn(scene => scene.CallFrom(address), Address("10.0.0.1-10.0.0.9")));
        Assert.Equal(!isIn, IsIn(scene => scene.CallFrom(address), Address("10.0.0.1-10.0.0.9", invert: true)));
    }

    [Theory]
    [InlineData("2001:db8::5", true)]
    [InlineData("2001:db8:0:0::5", true)]
    [InlineData("2001:db8::6", false)]
    [InlineData("10.0.0.5", false)]
    public void Address_OfVersionSix_IsCompared(string address, bool isIn) =>
        Assert.Equal(isIn, IsIn(scene => scene.CallFrom(address), Address("2001:db8::5")));

    [Theory]
    [InlineData("Mobile", "X-Client", "a Mobile one", true)]
    [InlineData("Mobile", "x-client", "a Mobile one", true)]
    [InlineData("^Mobile$", "X-Client", "a Mobile one", false)]
    [InlineData("mobile", "X-Client", "Mobile", false)]
    [InlineData("Mobile", "X-Clients", "Mobile", false)]
    [InlineData("^gr\u00FCn$", "X-Client", "gr\u00C3\u00BCn", true)]
    [InlineData("10.100.7.77", "X-Client", "10.100.7.77", true)]
    [InlineData(".*", "X-Client", "", true)]
    public void Header_WithThePatternInItsValue_IsInTheGroup(string pattern, string name, string value, bool isIn)
    {
        var condition = new Condition(ConditionKind.Header, "X-Client", pattern, false);
        Assert.Equal(isIn, IsIn(scene => scene.CallWith(name, value), condition));
        Assert.Equal(!isIn, IsIn(scene => scene.CallWith(name, value), condition with { Invert = true }));
    }

    [Fact]
    public void Header_Missing_IsInTheInvertedGroupOnly()
    {
        var condition = new Condition(ConditionKind.Header, "X-Client", ".*", false);
        Assert.False(IsIn(scene => scene.Call(), condition));
        Assert.True(IsIn(scene => scene.Call(), condition with { Invert = true }));
    }

    [Fact]
    public void Header_SentTwice_IsInTheGroupWhenOneLineMatches() => Assert.True(IsIn(
        scene => scene.Call(new SceneCall { Headers = [("X-Client", "one"), ("X-Client", "two")] }),
        new Condition(ConditionKind.Header, "X-Client", "^two$", false)));

    [Fact]
    public void Header_LongerThanIsRead_IsJudgedByItsBeginning()
    {
        var value = "begin" + new string('a', 60_000) + "end";
        Assert.True(IsIn(scene => scene.CallWith("X", value), new Condition(ConditionKind.Header, "X", "^begin", false)));
        Assert.False(IsIn(scene => scene.CallWith("X", value), new Condition(ConditionKind.Header, "X", "end$", false)));
    }

    [Theory]
    [InlineData("name=admin", true)]
    [InlineData("a=1&name=admin&b", true)]
    [InlineData("name=adm%69n", true)]
    [InlineData("n%61me=admin", true)]
    [InlineData("name=other&name=admin", true)]
    [InlineData("name=Admin", false)]
    [InlineData("names=admin", false)]
    [InlineData("name", false)]
    [InlineData("", false)]
    [InlineData("name=%6", false)]
    public void QueryParameter_WithThePatternInItsValue_IsInTheGroup(string query, bool isIn)
    {
        var condition = new Condition(ConditionKind.QueryParameter, "name", "^admin$", false);
        Assert.Equal(isIn, IsIn(scene => scene.CallWithQuery(query), condition));
        Assert.Equal(!isIn, IsIn(scene => scene.CallWithQuery(query), condition with { Invert = true }));
    }

    [Theory]
    [InlineData("region", "^eu$", true)]
    [InlineData("region", "^us$", false)]
    [InlineData("level", "^3$", true)]
    [InlineData("beta", "^true$", true)]
    [InlineData("groups", "\\btesters\\b", true)]
    [InlineData("missing", ".*", false)]
    [InlineData("sub", "^mary@", true)]
    [InlineData("http://wso2.org/claims/applicationname", "^App$", true)]
    [InlineData("http://wso2.org/claims/subscriber", "^owner$", true)]
    [InlineData("http://wso2.org/claims/usertype", "^Application_User$", true)]
    [InlineData("http://wso2.org/claims/keytype", "^SANDBOX$", false)]
    [InlineData("http://wso2.org/claims/unknown", ".*", false)]
    public void Claim_WithThePatternInItsValue_IsInTheGroup(string name, string pattern, bool isIn)
    {
        var condition = new Condition(ConditionKind.Claim, name, pattern, false);
        Assert.Equal(isIn, IsIn(scene => scene.Call(), condition));
        Assert.Equal(!isIn, IsIn(scene => scene.Call(), condition with { Invert = true }));
    }

    [Fact]
    public void Conditions_OfOneGroup_MustAllHold()
    {
        Condition[] both = [Address("10.0.0.1"), new Condition(ConditionKind.Header, "X", "y", false)];
        Assert.True(IsIn(scene => scene.Call(Call("10.0.0.1", "y")), both));
        Assert.False(IsIn(scene => scene.Call(Call("10.0.0.2", "y")), both));
        Assert.False(IsIn(scene => scene.Call(Call("10.0.0.1", "z")), both));

        static SceneCall Call(string address, string value) =>
            new() { Address = System.Net.IPAddress.Parse(address), Headers = [("X", value)] };
    }

    [Fact]
    public void Groups_WithQuotasOfTheirOwn_CountApartAndLeaveTheRestToTheDefault()
    {
        var scene = SceneWith(
            One, new ConditionGroup(null, [Address("10.0.0.1")], Two), new ConditionGroup(null, [Address("10.0.0.2")], One),
            new ConditionGroup(null, [Address("10.0.0.3")], null));
        Assert.Equal([null, null, Refused], Enumerable.Range(0, 3).Select(_ => scene.CallFrom("10.0.0.1")));
        Assert.Equal([null, Refused], Enumerable.Range(0, 2).Select(_ => scene.CallFrom("10.0.0.2")));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(scene.CallFrom("10.0.0.3")));
        Assert.Equal([null, Refused], Enumerable.Range(0, 2).Select(_ => scene.CallFrom("10.0.0.4")));
    }

    [Fact]
    public void Call_InTwoGroups_CountsInBoth()
    {
        var scene = SceneWith(
            null, new ConditionGroup(null, [Address("10.0.0.0-10.0.0.9")], Two), new ConditionGroup(null, [Address("10.0.0.1")], One));
        Assert.Null(scene.CallFrom("10.0.0.1"));
        // Refused by the second: nothing of it stays counted in the first.
        Assert.Equal(Refused, scene.CallFrom("10.0.0.1"));
        Assert.Null(scene.CallFrom("10.0.0.2"));
        Assert.Equal(Refused, scene.CallFrom("10.0.0.3"));
    }

    [Fact]
    public void Groups_OfAnOperationsPolicy_CountPerOperation()
    {
        var scene = new LimitedScene();
        scene.Put(LimitedScene.Policy(PolicyKind.Advanced) with { Groups = [new ConditionGroup(null, [Address("10.0.0.1")], One)] });
        scene.Deploy(api => api, "P");
        Assert.Null(scene.CallFrom("10.0.0.1"));
        Assert.Equal("900802", scene.CallFrom("10.0.0.1"));
        Assert.Null(scene.CallFrom("10.0.0.2"));
    }

    [Fact]
    public void Groups_OfManyConditions_AllocateNothing()
    {
        var scene = SceneWith(
            null,
            new ConditionGroup(null, [Address("10.0.0.0-10.0.0.9"), Address("10.0.0.1", true)], null),
            new ConditionGroup(null, [new Condition(ConditionKind.Header, "X-Client", "^gr.n[0-9]+$", false)], null),
            new ConditionGroup(null, [new Condition(ConditionKind.QueryParameter, "name", "a(d|b)min", false)], null),
            new ConditionGroup(null, [new Condition(ConditionKind.Claim, "region", "eu|us", false)], null));
        var call = scene.Signed(new SceneCall
        {
            Headers = [("X-Client", "green7")],
            Query = Encoding.ASCII.GetBytes("a=b&n%61me=%61dmin"),
            Address = System.Net.IPAddress.Parse("10.0.0.3"),
        });
        var head = Scene.Lines(call.Headers);
        Repeat(scene, head, call, 2_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(scene, head, call, 2_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Repeat(LimitedScene scene, (byte[], HeaderLine[]) head, SceneCall call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True(scene.Scene.Run(head, call).Step == Step.Continue);
        }
    }

    // A call that is in the group takes its only permit, so that the next like it is refused; the default has room.
    private static bool IsIn(Func<LimitedScene, string?> call, params Condition[] conditions)
    {
        var scene = SceneWith(Two with { Limit = 100 }, new ConditionGroup(null, conditions, One));
        Assert.Null(call(scene));
        return call(scene) == Refused;
    }

    private static LimitedScene SceneWith(Quota? quota, params ConditionGroup[] groups)
    {
        var scene = new LimitedScene(claims: """{"region":"eu","level":3,"beta":true,"groups":["admins","testers"]}""");
        scene.Put(LimitedScene.Policy(PolicyKind.Advanced, quota) with { Groups = groups });
        scene.Deploy(api => api with { Policy = "P" });
        return scene;
    }

    private static Condition Address(string value, bool invert = false) => new(ConditionKind.Address, null, value, invert);
}
