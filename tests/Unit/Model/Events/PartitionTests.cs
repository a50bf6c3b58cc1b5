using Tollgate.Model.Events;

namespace Tollgate.Unit.Model.Events;

/// <summary>Nodes of every version put a key into the same partition.</summary>
public sealed class PartitionTests
{
    // Computed apart from the program; a change of them would have nodes of two versions look for a key in two queues.
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 0)]
    [InlineData("/pizza/1.0:1.0", 1)]
    [InlineData("Größe", 15)]
    public void Of_AKey_IsTheSameInEveryVersion(string key, int partition) => Assert.Equal(partition, Partition.Of(key));

    [Fact]
    public void Of_ManyKeys_SpreadsThemEvenly()
    {
        var counts = new int[Partition.Count];
        for (var number = 0; number < 16_000; number++)
        {
            counts[Partition.Of($"app-{number}:/pizza/1.0:1.0:Gold")]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1_150));
    }
}
