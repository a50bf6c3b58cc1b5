using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>One verifier and one set of keys in the hands of many threads.</summary>
public sealed class JwtConcurrencyTests
{
    private const int Threads = 8;
    private const int Rounds = 500;

    [Theory]
    [InlineData(JwsAlgorithm.RS256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.ES256)]
    public void Verifier_UsedByEightThreads_DecidesEveryTokenRight(JwsAlgorithm algorithm)
    {
        var key = Forge.Key(algorithm);
        var good = new byte[16][];
        var bad = new byte[16][];
        for (var i = 0; i < good.Length; i++)
        {
            var token = Forge.Token(key, Forge.Header(key), $$"""{"sub":"{{i}}"}""");
            good[i] = Encoding.ASCII.GetBytes(token);
            bad[i] = Encoding.ASCII.GetBytes(token.Replace(Forge.Encode($$"""{"sub":"{{i}}"}"""), Forge.Encode($$"""{"sub":"x{{i}}"}""")));
        }

        var wrong = 0;
        RunOnAllThreads(round =>
        {
            var i = round % good.Length;
            var accepted = Forge.Verifier.Verify(good[i]);
            var refused = Forge.Verifier.Verify(bad[i]);
            if (accepted.Claims?.Subject != i.ToString() || refused.Outcome != JwtOutcome.BadSignature)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Signer_UsedByEightThreads_SignsEveryTokenRight()
    {
        JwtSigner signer = new(Forge.Curve);
        var wrong = 0;
        RunOnAllThreads(round =>
        {
            var token = signer.Sign("JWT", writer => writer.WriteString("sub", round.ToString()));
            if (Forge.Verify(token).Claims?.Subject != round.ToString())
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    private static void RunOnAllThreads(Action<int> action)
    {
        using Barrier start = new(Threads);
        var threads = new Thread[Threads];
        List<Exception> failures = [];
        for (var i = 0; i < Threads; i++)
        {
            var offset = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    start.SignalAndWait();
                    for (var round = 0; round < Rounds; round++)
                    {
                        action(round + offset);
                    }
                }
                catch (Exception e)
                {
                    lock (failures)
                    {
                        failures.Add(e);
                    }
                }
            });
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.Empty(failures);
    }
}
