using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Tollgate.Flows.FrontDoor;
using Tollgate.Flows.FrontDoor.Corpus;
using Tollgate.Flows.Harness;

namespace Tollgate.Stress.FrontDoor;

/// <summary>The corpus of the front door, mutated by a seed, over sockets: each request with a good one behind it.</summary>
public sealed class RequestFuzzTests(SharedNode shared)
{
    private const int Cases = 20_000;
    private const int Connections = 24;
    private const int Seed = 20261201;

    // How long nothing may come before the client hangs up: a mutation may have asked to wait for more.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Gateway_MutatedCorpus_IsAnsweredInStepWithoutAFailureInside()
    {
        await using var api = await FrontDoorApi.PublishAsync(shared);
        Attempt[] corpus =
        [
            .. RequestLines.All.Concat(Targets.All).Concat(HeaderLines.All).Concat(Hosts.All).Concat(Framing.All).Concat(Chunks.All)
                .Where(attempt => attempt.Text.Length < 4096),
        ];
        var refused = 0;
        var served = 0;
        await Parallel.ForAsync(0, Cases, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (index, _) =>
        {
            var random = new Random(Seed + index);
            var text = await ExchangeAsync(api, Mutated(corpus[random.Next(corpus.Length)], api, index, random));
            foreach (var answer in Answers(text, index))
            {
                Interlocked.Add(ref answer.Status == 200 ? ref served : ref refused, 1);
            }
        });

        Assert.True(refused > Cases / 4 && served > Cases / 10, $"{refused} refused, {served} served: the mutations do not reach both");
        Assert.DoesNotContain("failed inside the gateway", shared.Node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ended abnormally", shared.Node.Output, StringComparison.Ordinal);
        Assert.Contains("probe", await ExchangeAsync(api, RawAnswers.Bytes(Probe(api, Cases))), StringComparison.Ordinal);
    }

    // Whatever the mutation made of the first request, no answer on this connection is that of another one's.
    private static IEnumerable<RawAnswer> Answers(string text, int index)
    {
        IReadOnlyList<RawAnswer> answers;
        try
        {
            answers = RawAnswers.Parse(text);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new InvalidOperationException($"seed {Seed + index}: {error.Message}\n{text}");
        }

        foreach (var answer in answers)
        {
            Assert.True(answer.Status is 200 or 505 or (>= 400 and < 500), $"seed {Seed + index}: status {answer.Status}\n{text}");
            if (answer.Headers.TryGetValue(RecordingBackend.Target, out var target) && target.StartsWith("/probe/", StringComparison.Ordinal))
            {
                Assert.Equal($"/probe/{index.ToString(CultureInfo.InvariantCulture)}", target);
            }
        }

        return answers;
    }

    private static byte[] Mutated(Attempt attempt, FrontDoorApi api, int index, Random random)
    {
        var text = attempt.Text.Replace("{host}", api.Url.Authority, StringComparison.Ordinal)
            .Replace("{path}", $"{api.Path}/case/{index}", StringComparison.Ordinal)
            .Replace("{auth}", $"Authorization: Bearer {api.Token}", StringComparison.Ordinal);
        List<byte> bytes = [.. RawAnswers.Bytes(text)];
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            Mutations.Apply(bytes, random);
        }

        return [.. bytes, .. RawAnswers.Bytes(Probe(api, index))];
    }

    private static string Probe(FrontDoorApi api, int index) =>
        $"GET {api.Path}/probe/{index} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {api.Token}\r\nConnection: close\r\n\r\n";

    private static async Task<string> ExchangeAsync(FrontDoorApi api, byte[] request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(api.Url.Host, api.Url.Port, patience.Token);
        var stream = client.GetStream();
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        var isOpen = true;
        try
        {
            await stream.WriteAsync(request, patience.Token);
            while (true)
            {
                var reading = stream.ReadAsync(buffer, patience.Token).AsTask();
                if (isOpen && await Task.WhenAny(reading, Task.Delay(Silence, patience.Token)) != reading)
                {
                    client.Client.Shutdown(SocketShutdown.Send);
                    isOpen = false;
                }

                var read = await reading;
                if (read == 0)
                {
                    return answer.ToString();
                }

                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Hung up with our bytes unread, or with an answer under way that nobody waits for any more.
            return isOpen ? answer.ToString() : "";
        }
    }
}
