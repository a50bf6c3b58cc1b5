using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Gateway;

/// <summary>The stages of a call stand in their order in Pipeline.cs; what one folder knows of another is written here, once.</summary>
public sealed class StageArrowsTests
{
    // With the order: every stage judges by the snapshot, a later one reads what an earlier one found, and Listen drives them all.
    private static readonly Exemption[] WithTheOrder =
    [
        new("Match -> Follow", "looks up the routes of the snapshot"),
        new("Cors -> Match", "a preflight asks which methods an operation takes"),
        new("Authenticate -> Follow", "verifies by the keys of the snapshot; waits for a newer one"),
        new("Authenticate -> Match", "the operation says whether it needs a token"),
        new("Authorize -> Follow", "judges by the snapshot"),
        new("Authorize -> Match", "the operation says which scopes it needs"),
        new("Authorize -> Authenticate", "the token says who calls"),
        new("Throttle -> Follow", "the snapshot has the policies"),
        new("Throttle -> Match", "API and operation have limits"),
        new("Throttle -> Authorize", "subscription and application have limits"),
        new("Transform -> Match", "the API names its authorization header"),
        new("Transform -> Authenticate", "the bearer token stays here"),
        new("Forward -> Transform", "sends what is left of the headers"),
        new("Record -> Follow", "names what is being served"),
        new("Record -> Match", "usage per API and operation"),
        new("Record -> Authenticate", "reports which API keys were used"),
        new("Record -> Authorize", "usage per application"),
        new("Follow -> Loop", "follows off the socket loop"),
        new("Authenticate -> Loop", "asks about opaque tokens off the socket loop"),
        new("Record -> Loop", "reports off the socket loop"),
        new("Listen -> Follow", "reads the snapshot once per request"),
        new("Listen -> Match", "makes the path canonical before anything sees it"),
        new("Listen -> Throttle", "tells callers what they counted against"),
        new("Listen -> Forward", "runs after the pipeline"),
        new("Listen -> Record", "runs last"),
        new("Listen -> Loop", "clients' sockets are watched by the loops"),
        new("Forward -> Loop", "so are those of backends"),
    ];

    // Against the order, so each of them closes a cycle: what one folder keeps for another. This list only shrinks.
    private static readonly Exemption[] AgainstTheOrder =
    [
        new("Follow -> Match", "the snapshot is built of Match's route tables"),
        new("Match -> Throttle", "a served API and operation keep their resolved limits"),
        new("Authenticate -> Authorize", "a cached token keeps what the last snapshot said of it"),
        new("Authenticate -> Throttle", "a cached token passes the counters on to what it keeps"),
        new("Authorize -> Throttle", "a binding keeps the counters of its limits"),
        new("Forward -> Listen", "the request's reader and features are declared in Listen"),
    ];

    [Fact]
    public void Folders_KnowOnlyWhatIsWrittenHere() => Rule.Holds(
        "Stages do not know each other: they meet in the exchange and the snapshot. Note what you found in Exchange and read it there; if "
        + "a folder must know another, add the arrow to StageArrowsTests.WithTheOrder with a reason.",
        StageArrows.Check(TheProgram.Assembly("Gateway").Types),
        [.. WithTheOrder, .. AgainstTheOrder]);

    [Theory]
    [InlineData("Match.Routes", "Match.Node", null)]
    [InlineData("Follow.Disk.Log", "Follow.Snapshot", null)]
    [InlineData("Match.Routes", "Forward.Client", "Match -> Forward")]
    [InlineData("Match.Routes.<>c__DisplayClass1_0", "Forward.Client", "Match -> Forward")]
    [InlineData("Match.Routes", "Exchange", null)]
    [InlineData("Match.Routes", "Pipeline", "Match -> Tollgate.Gateway.Pipeline")]
    [InlineData("Listen.Application", "Pipeline", null)]
    [InlineData("Pipeline", "Match.Routes", null)]
    [InlineData("Exchange", "Match.Routes", null)]
    [InlineData("Fault", "Match.Routes", "Tollgate.Gateway.Fault -> Match")]
    [InlineData("Match.Routes", "<PrivateImplementationDetails>", null)]
    public void Check_OfAMention_FindsTheArrow(string from, string to, string? arrow) => Assert.Equal(
        arrow, StageArrows.Check([Type(from, to), Type(to)]).SingleOrDefault()?.Subject);

    [Fact]
    public void Check_OfAMethodBody_FindsTheArrow()
    {
        var method = new CompiledMethod(Full("Match.Routes"), "Find", Full("Match.Routes"), null, false, [], [], [Full("Forward.Client")]);

        Assert.Equal(
            [new Finding("Match -> Forward", "Tollgate.Gateway.Match.Routes names Tollgate.Gateway.Forward.Client")],
            StageArrows.Check([Type("Match.Routes") with { Methods = [method] }, Type("Forward.Client")]));
    }

    private static CompiledType Type(string name, params string[] mentions)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var space = dot < 0 ? "Tollgate.Gateway" : Full(name[..dot]);
        return new CompiledType(Full(name), space, default, false, null, [], [.. mentions.Select(Full)], []);
    }

    private static string Full(string name) => name.StartsWith('<') ? name : "Tollgate.Gateway." + name;
}
