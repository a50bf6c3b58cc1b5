using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Match;

namespace Tollgate.Stress.FrontDoor;

/// <summary>A million mutated heads through the request reader: it never throws, and what it lets pass has one meaning.</summary>
public sealed class ReaderFuzzTests
{
    private const int Cases = 1_000_000;
    private const int Seed = 20261202;

    private static readonly string[] Targets =
    [
        "/shop/1.0.0/things/7?a=b&c=%2f", "/shop/1.0.0/%61/%7e%2D/a%20b", "http://localhost:8243/shop/1.0.0/x?y", "/a/..%20/b%c3%a9/;c", "*", "/",
        "/%e0%a4%85/%f0%9f%98%80/.well-known/...", "https://[::1]/a?/../b",
    ];

    private static readonly string[] Values = ["chunked", "5", "localhost:8243", "[::1]:80", "a, b", "close, X-A", "text/plain; q=\"x\\\"\"",
        "\u00e9\t\u00ff"];

    private static readonly string[] Names = ["Host", "Transfer-Encoding", "X-A", "X_A", "Connection", "X-Content-Length", "Accept"];

    [Fact]
    public void Reader_MutatedHeads_NeverThrowsAndPassesOnlyWhatIsClear()
    {
        var caller = new Caller();
        var passed = 0;
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var own = new RequestReader();
            for (var index = worker; index < Cases; index += Environment.ProcessorCount)
            {
                var random = new Random(Seed + index);
                var request = Request(random);
                if (own.Read(request) is null)
                {
                    Interlocked.Increment(ref passed);
                    Check(own.View(request, caller, 0), index);
                }

                own.Release();
            }
        });

        Assert.True(passed is > Cases / 50 and < Cases, $"{passed} of {Cases} passed: the mutations do not reach both sides");
    }

    private static HttpRequestFeature Request(Random random)
    {
        var request = new HttpRequestFeature
        {
            Method = "GET",
            Protocol = random.Next(10) == 0 ? "HTTP/1.0" : "HTTP/1.1",
            Scheme = "https",
            RawTarget = Mutated(Targets[random.Next(Targets.Length)], random),
        };
        request.Headers.Host = "localhost";
        for (var count = random.Next(4); count > 0; count--)
        {
            var name = random.Next(8) == 0 ? Mutated(Names[random.Next(Names.Length)], random) : Names[random.Next(Names.Length)];
            if (name.Length > 0)
            {
                request.Headers[name] = Mutated(Values[random.Next(Values.Length)], random);
            }
        }

        return request;
    }

    private static string Mutated(string text, Random random)
    {
        if (random.Next(3) > 0)
        {
            return text;
        }

        List<byte> bytes = [.. Encoding.Latin1.GetBytes(text)];
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            Mutations.Apply(bytes, random);
        }

        return Encoding.Latin1.GetString([.. bytes]);
    }

    private static void Check(in RequestView view, int index)
    {
        var path = view.Path;
        Span<byte> again = new byte[path.Length];
        Assert.True(CanonicalPath.TryWrite(path, again, out var length) && again[..length].SequenceEqual(path), $"seed {Seed + index}: not stable");
        foreach (var range in path.Split((byte)'/'))
        {
            Assert.False(path[range].SequenceEqual("."u8) || path[range].SequenceEqual(".."u8), $"seed {Seed + index}: dot segment");
        }

        Assert.Equal(-1, view.Query.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e));
        foreach (var line in view.Headers)
        {
            Assert.True(HeaderSyntax.IsName(line.Name) && HeaderSyntax.IsValue(line.Value), $"seed {Seed + index}: header line");
        }
    }
}
