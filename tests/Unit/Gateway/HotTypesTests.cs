using Tollgate.Micro;

namespace Tollgate.Unit.Gateway;

/// <summary>The hot path's budgets of bytes, which <c>./dev bench micro</c> shows with times.</summary>
public sealed class HotTypesTests
{
    private const int Operations = 10_000;

    [Fact]
    public void Operations_OfEveryCall_AllocateNoMoreThanTheirBudget()
    {
        using var hot = new HotTypes();
        foreach (var benchmark in hot.Benchmarks)
        {
            benchmark.Repeat(Operations);
            Assert.True(
                benchmark.Allocated(Operations) <= benchmark.Budget, $"{benchmark.Name}: {benchmark.Allocated(Operations)} bytes of {benchmark.Budget}");
        }
    }
}
