using System.Security.Cryptography;

namespace Tollgate.Security.Jose;

/// <summary>The platform's objects for one key, each lent to one thread at a time.</summary>
/// <remarks>
/// .NET does not promise that an RSA or ECDsa object may be used by several threads at once, because the libraries below it do
/// not: its maintainers say so (dotnet/corefx pull request 9708; bartonjs in IdentityModel pull request 3479), although no failure
/// showed in 160,000 concurrent verifications on OpenSSL 3.0. Lending costs two interlocked operations where the cheapest
/// verification takes 18 microseconds; making an object anew each time costs 100 more (RSA 2048, 700 with the private half).
/// Objects are never disposed while the key lives, so a key set may be replaced while its keys are in use; their native halves
/// are SafeHandles and go when the key is collected.
/// </remarks>
internal sealed class KeyInstances(Func<AsymmetricAlgorithm> create)
{
    // Verifying never waits, so about one object per core is in use; the second is for threads that lost their core half-way.
    private readonly AsymmetricAlgorithm?[] _idle = new AsymmetricAlgorithm?[2 * Environment.ProcessorCount];

    public AsymmetricAlgorithm Rent()
    {
        var start = Thread.GetCurrentProcessorId();
        for (var i = 0; i < _idle.Length; i++)
        {
            ref var slot = ref _idle[(uint)(start + i) % (uint)_idle.Length];
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } instance)
            {
                return instance;
            }
        }

        return create();
    }

    public void Return(AsymmetricAlgorithm instance)
    {
        var start = Thread.GetCurrentProcessorId();
        for (var i = 0; i < _idle.Length; i++)
        {
            ref var slot = ref _idle[(uint)(start + i) % (uint)_idle.Length];
            if (slot is null && Interlocked.CompareExchange(ref slot, instance, null) is null)
            {
                return;
            }
        }

        instance.Dispose();
    }
}
