using Tollgate.Architecture.Compiled;
using Tollgate.Architecture.Samples;

namespace Tollgate.Architecture.Calls;

/// <summary>What cannot be replaced in a test, or blocks a thread, is not called.</summary>
public sealed class BannedCallsTests
{
    private static readonly Exemption[] Allowed =
    [
        new("Tollgate.Gateway.Follow.Disk.SnapshotDisk.EndFold", "joins its own write; waits only when the node stops or resyncs"),
    ];

    [Fact]
    public void Program_CallsNothingBanned() => Rule.Holds(
        "Time, chance and the outside come through the constructor, and nothing blocks. If there is no other way, add the method to "
        + "BannedCallsTests.Allowed with a reason.",
        TheProgram.Assemblies.SelectMany(BannedCalls.Check),
        Allowed);

    [Theory]
    [InlineData("Now", "uses System.DateTime.get_Now")]
    [InlineData("UtcNow", "uses System.DateTime.get_UtcNow")]
    [InlineData("Offset", "uses System.DateTimeOffset.get_UtcNow")]
    [InlineData("OffsetNow", "uses System.DateTimeOffset.get_Now")]
    [InlineData("Shared", "uses System.Random.get_Shared")]
    [InlineData("Made", "uses System.Random..ctor")]
    [InlineData("Sleeps", "uses System.Threading.Thread")]
    [InlineData("Delays", "uses System.Threading.Tasks.Task.Delay; pass a TimeProvider")]
    [InlineData("DelaysInside", "uses System.Threading.Tasks.Task.Delay; pass a TimeProvider")]
    [InlineData("DelaysWell", null)]
    [InlineData("Exits", "uses System.Environment.Exit")]
    [InlineData("Writes", "uses System.Console.get_Error")]
    [InlineData("WritesInALambda", "uses System.Console.WriteLine")]
    [InlineData("Waits", "uses System.Threading.Tasks.Task.Wait")]
    [InlineData("Result", "uses System.Threading.Tasks.Task`1.get_Result")]
    [InlineData("Blocks", "blocks on an awaiter")]
    [InlineData("BlocksOnResult", "blocks on an awaiter")]
    [InlineData("Awaits", null)]
    [InlineData("Forgets", "is async void")]
    public void Check_OfACall_FindsIt(string method, string? problem)
    {
        var finding = BannedCalls.Check(TheProgram.Samples).SingleOrDefault(finding => finding.Subject == $"{typeof(Calling)}.{method}");

        Assert.Equal(problem is not null, finding is not null);
        Assert.StartsWith(problem ?? "", finding?.Problem ?? "");
    }

    [Fact]
    public void Check_OfTheCommandLine_LetsItTalkToTheConsole() =>
        Assert.DoesNotContain(
            BannedCalls.Check(TheProgram.Samples with { Name = "Cli" }), finding => finding.Problem.Contains("System.Console"));
}
