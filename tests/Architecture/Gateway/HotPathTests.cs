using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Gateway;

/// <summary>A call that hits the caches costs reads of one snapshot and a few counters.</summary>
public sealed class HotPathTests
{
    private static readonly Exemption[] ColdPaths =
    [
        new("Tollgate.Gateway.GatewayOptions.Serves", "asked while a snapshot is built"),
        new("Tollgate.Gateway.CorsRules..ctor", "builds a snapshot"),
        new("Tollgate.Gateway.Match.OperationTree.OfTopics", "once per API and deployment, at its first call at the latest"),
        new("Tollgate.Gateway.Match.SegmentPattern..ctor", "builds a snapshot"),
        new("Tollgate.Gateway.Match.ServedApi..ctor", "builds a snapshot"),
        new("Tollgate.Gateway.Authorize.Binding.HasAudience", "once per token, API and snapshot; the binding keeps the answer"),
        new("Tollgate.Gateway.Throttle.Counter.Roll", "once per counter and window"),
        new("Tollgate.Gateway.Throttle.Counter.TryEvict", "the sweep of idle counters"),
    ];

    [Fact]
    public void Stages_DoNotQueryCaptureOrLock() => Rule.Holds(
        "Every call runs through this folder. Write a loop, pass state to a static lambda, read the snapshot. If the method is off the hot "
        + "path (builds a snapshot, rolls a window), add it to HotPathTests.ColdPaths with a reason.",
        HotPath.Of(TheProgram.Assembly("Gateway")).SelectMany(HotPath.Check),
        ColdPaths);

    [Theory]
    [InlineData("Queries", "uses LINQ (Count)")]
    [InlineData("Captures", "captures variables in a lambda")]
    [InlineData("DoesNotCapture", null)]
    [InlineData("Locks", "takes a lock")]
    [InlineData("Monitors", "takes a lock")]
    [InlineData("Counts", null)]
    public void Check_OfAMethod_FindsWhatIsSlow(string name, string? problem) => Assert.Equal(
        problem,
        TheProgram.Samples.Methods.Where(method => method.FullName == $"{typeof(Hot)}.{name}")
            .SelectMany(HotPath.Check)
            .SingleOrDefault()?.Problem);

    [Fact]
    public void HotPath_OfTheGateway_HasTheStages()
    {
        var methods = HotPath.Of(TheProgram.Assembly("Gateway")).Select(method => method.FullName).ToHashSet();

        Assert.Superset(
            new HashSet<string>
            {
                "Tollgate.Gateway.Pipeline.Run",
                "Tollgate.Gateway.Match.MatchStage.FindOperation",
                "Tollgate.Gateway.Authenticate.AuthenticateStage.Run",
                "Tollgate.Gateway.Authorize.AuthorizeStage.Run",
                "Tollgate.Gateway.Throttle.ThrottleStage.Run",
            },
            methods);
    }
}
