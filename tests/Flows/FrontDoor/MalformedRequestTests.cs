using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Tollgate.Flows.FrontDoor.Corpus;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>The corpus over raw sockets: each request with a good one behind it on the same connection.</summary>
public sealed class MalformedRequestTests(SharedNode shared)
{
    private const int Connections = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Attempt[] Corpus =
    [
        .. RequestLines.All, .. Targets.All, .. HeaderLines.All, .. Hosts.All, .. Framing.All, .. Chunks.All, .. Chunks.Truncated,
    ];

    [Fact]
    public async Task Corpus_OfMalformedRequests_IsRefusedWithoutFailureHangOrDesync()
    {
        Assert.True(Corpus.Length >= 300, $"only {Corpus.Length} requests");
        Assert.Empty(Corpus.GroupBy(attempt => attempt.Name).Where(group => group.Count() > 1).Select(group => group.Key));
        await using var api = await FrontDoorApi.PublishAsync(shared);
        ConcurrentBag<string> problems = [];
        ConcurrentBag<int> answered = [];
        await Parallel.ForEachAsync(
            Corpus.Index(), new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (item, _) =>
            {
                var text = "";
                try
                {
                    text = await ExchangeAsync(api, item.Item, item.Index);
                    Check(api, item.Item, item.Index, text, answered);
                }
                catch (Exception error) when (error is FormatException or Xunit.Sdk.XunitException or OperationCanceledException or SocketException)
                {
                    problems.Add($"{item.Item.Name}: {error.Message}\n    {text.Replace("\r\n", "|", StringComparison.Ordinal)}");
                }
            });

        Assert.True(problems.IsEmpty, $"{problems.Count} of {Corpus.Length}:\n{string.Join('\n', problems.Order(StringComparer.Ordinal))}");
        // Every request that the backend saw was answered with its answer, and the other way round.
        Assert.Equal(api.Backend.Seen.Keys.Order(), answered.Order());
        Assert.DoesNotContain("failed inside the gateway", shared.Node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ended abnormally", shared.Node.Output, StringComparison.Ordinal);
    }

    private static string Probe(FrontDoorApi api, int index) =>
        $"GET {api.Path}/probe/{index} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {api.Token}\r\nConnection: close\r\n\r\n";

    private static async Task<string> ExchangeAsync(FrontDoorApi api, Attempt attempt, int index)
    {
        var text = attempt.Text.Replace("{host}", api.Url.Authority, StringComparison.Ordinal)
            .Replace("{path}", $"{api.Path}/case/{index}", StringComparison.Ordinal)
            .Replace("{auth}", $"Authorization: Bearer {api.Token}", StringComparison.Ordinal);
        text = attempt.Outcome == Outcome.Cut ? text[..^attempt.Missing] : text + Probe(api, index);
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(api.Url.Host, api.Url.Port, patience.Token);
        var stream = client.GetStream();
        var reading = ReadAsync(stream, patience.Token);
        try
        {
            await stream.WriteAsync(RawAnswers.Bytes(text), patience.Token);
            if (attempt.Outcome == Outcome.Cut)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Refused and hung up before it had everything.
        }

        return await reading;
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var all = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                all.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Hung up with our bytes unread: the network tells us so after the answer.
        }

        return all.ToString();
    }

    private static void Check(FrontDoorApi api, Attempt attempt, int index, string text, ConcurrentBag<int> answered)
    {
        var answers = RawAnswers.Parse(text);
        foreach (var answer in answers.Where(answer => answer.Headers.ContainsKey(RecordingBackend.Number)))
        {
            answered.Add(int.Parse(answer.Headers[RecordingBackend.Number], CultureInfo.InvariantCulture));
        }

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 505 or (>= 400 and < 500), $"status {answer.Status}"));
        Assert.All(answers, answer => Assert.False(answer.Headers.ContainsKey("Server"), "names its server"));
        string[] told =
        [
            .. answers.Select(answer => answer.Headers.TryGetValue(RecordingBackend.Target, out var target)
                ? target.Split('?', '/')[1]
                : answer.Headers.GetValueOrDefault("Connection") == "close" ? "refused, closes" : "refused"),
        ];
        string[] expected = attempt.Outcome switch
        {
            Outcome.Served => ["case", "probe"],
            Outcome.ServedLast => ["case"],
            Outcome.Kept => ["refused", "probe"],
            Outcome.Closed => ["refused, closes"],
            _ => told.Length == 0 ? [] : ["refused, closes"],
        };
        Assert.Equal(expected, told);
        Assert.All(answers, answer => Assert.True(
            !answer.Headers.TryGetValue(RecordingBackend.Target, out var target)
            || target.Split('?')[0] == $"/case/{index}" || target == $"/probe/{index}", "answers another request"));
    }
}
