namespace Tollgate.Flows.Harness;

/// <summary>Measures something several times on a machine that others use too.</summary>
public static class Rounds
{
    private const int Count = 10;

    // One round of ten may meet a pause of a shared machine; the promise is about the others.
    private const int AllowedLate = 1;

    /// <summary>Fails when more rounds than a pause could explain take longer than the limit.</summary>
    public static async Task MeasureAsync(TimeSpan limit, Func<Task<TimeSpan>> round)
    {
        List<double> taken = [];
        for (var i = 0; i < Count; i++)
        {
            taken.Add((await round()).TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"ms: {string.Join(", ", taken.Select(value => value.ToString("F1")))}");
        Assert.True(
            taken.Count(value => value > limit.TotalMilliseconds) <= AllowedLate,
            $"limit {limit.TotalMilliseconds} ms, taken: {string.Join(", ", taken)}");
    }
}
