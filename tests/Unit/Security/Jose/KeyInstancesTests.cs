using System.Collections.Concurrent;
using System.Security.Cryptography;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The lending of platform objects.</summary>
public sealed class KeyInstancesTests
{
    [Fact]
    public void Instance_Returned_IsLentAgain()
    {
        var created = 0;
        KeyInstances instances = new(() =>
        {
            created++;
            return ECDsa.Create();
        });
        var first = instances.Rent();
        var second = instances.Rent();
        instances.Return(first);
        instances.Return(second);

        Assert.NotSame(first, second);
        Assert.Equal(2, new HashSet<AsymmetricAlgorithm>([instances.Rent(), instances.Rent(), first, second]).Count);
        Assert.Equal(2, created);
    }

    [Fact]
    public void Instance_BeyondTheRoomForIdleOnes_IsDisposed()
    {
        KeyInstances instances = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256));
        AsymmetricAlgorithm[] lent = [.. Enumerable.Range(0, (2 * Environment.ProcessorCount) + 1).Select(_ => instances.Rent())];
        Assert.All(lent, instances.Return);

        Assert.Throws<ObjectDisposedException>(() => ((ECDsa)lent[^1]).SignHash(new byte[32]));
    }

    [Fact]
    public void Instance_LentToManyThreads_IsInOneHandAtATime()
    {
        KeyInstances instances = new(ECDsa.Create);
        ConcurrentDictionary<AsymmetricAlgorithm, int> inUse = new(ReferenceEqualityComparer.Instance);
        var shared = 0;
        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var instance = instances.Rent();
            if (!inUse.TryAdd(instance, i) || !inUse.TryRemove(instance, out _))
            {
                Interlocked.Increment(ref shared);
            }

            instances.Return(instance);
        });

        Assert.Equal(0, shared);
    }
}
