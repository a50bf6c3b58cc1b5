using Tollgate.Contracts;
using Tollgate.Contracts.Coverage;
using Tollgate.Server.Start;

namespace Tollgate.Unit.Contracts;

/// <summary>The committed coverage page is the one that the program's routes give, and coverage does not sink.</summary>
public sealed class RestCoverageTests : IAsyncLifetime
{
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "tollgate-" + Path.GetRandomFileName());

    private CoveragePage _page = null!;

    public async ValueTask InitializeAsync()
    {
        await using var node = Node.Create(new StartArguments { Home = Home, Properties = [] });
        _page = new CoveragePage(node.Routes.Select(route => new Route(route.Method, route.Path)));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Home, recursive: true);
        return default;
    }

    [Theory]
    [InlineData("publisher", 50)]
    [InlineData("devportal", 70)]
    [InlineData("admin", 60)]
    public void Totals_OfAnApi_DoNotFallBelowTheFloor(string api, double percent)
    {
        var total = _page.Totals().Single(total => total.Api == api);
        Assert.True(total.Percent >= percent, $"{total.Done} of {total.All} operations of {api} are done, less than {percent} %");
    }

    [Fact]
    public void Reasons_OfEveryOperationThatIsNotServed_AreGiven() => Assert.NotEmpty(_page.Render());

    [Fact]
    public void EmptyLists_AreOperationsOfTheContractsThatAreServed() => Assert.Equal(
        Reasons.EmptyLists.Count, _page.Totals().Sum(total => total.EmptyLists));

    [Fact]
    public void Reasons_OfEachBeginning_FitSomeOperation() => Assert.Empty(
        from api in Reasons.Table
        from beginning in api.Value.Keys
        where !ContractFile.All[api.Key].Operations.Values.Any(operation => operation.Path.StartsWith(beginning, StringComparison.Ordinal))
        select $"{api.Key} {beginning}");
}
