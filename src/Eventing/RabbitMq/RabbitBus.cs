using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Model.Events;
using Tollgate.Model.Metrics;

namespace Tollgate.Eventing.RabbitMq;

/// <summary>The bus between processes: every broker gets a copy of everything, and what arrives over several is the same to a receiver.</summary>
public sealed class RabbitBus : Bus, IHostedService, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastWordsPause = TimeSpan.FromMilliseconds(10);

    private readonly RabbitTopics _topics;
    private readonly BrokerLink[] _links;
    private readonly BusRole _role;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <exception cref="FormatException">An address is wrong; says how, without passwords.</exception>
    public RabbitBus(BusOptions options, BusRole role, string node, RemoteCertificateValidationCallback trusts, TimeProvider time, ILogger<RabbitBus> log)
    {
        BrokerGroup[] groups =
        [
            .. options.Endpoints.Select(entry => new BrokerGroup(BrokerAddress.ReadGroup(entry, options.Tls), options, node, trusts))
                .DistinctBy(group => group.Name),
        ];
        _topics = new RabbitTopics(groups.Length);
        _links = [.. groups.Select((group, number) => new BrokerLink(group, _topics, number, role, this, new BrokerMeters(), time, log))];
        _role = role;
        _time = time;
    }

    public override Topic<UsageTotals> Usage => _topics.Usage;

    public override Topic<Announcement> Announcements => _topics.Announcements;

    public override bool IsShared => true;

    public override string? Trouble => !_links.Any(link => link.IsConnected) ? "no broker is connected"
        : _role.HasFlag(BusRole.Counts) && _links.Max(link => link.Partitions) is var partitions && partitions < Partition.Count
            ? $"only {partitions} of {Partition.Count} partitions are received" : null;

    public override IEnumerable<MetricFamily> ReadMetrics() => BrokerMeters.Read(_links);

    public override async IAsyncEnumerable<byte[]> AskAsync(string question, [EnumeratorCancellation] CancellationToken patience)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(patience);
        var answers = Channel.CreateUnbounded<byte[]>();
        Task[] asked = [.. _links.Select(link => link.Session).OfType<Session>()
            .Select(session => Task.Run(() => Questions.AskAsync(session, question, answers.Writer, _time, asking.Token), CancellationToken.None))];
        try
        {
            while (await MayReadAsync(answers.Reader, patience))
            {
                while (answers.Reader.TryRead(out var answer))
                {
                    yield return answer;
                }
            }
        }
        finally
        {
            await asking.CancelAsync();
            await Task.WhenAll(asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The pool, always: in a gateway the thread that starts may be the one that waits for sockets.
        _running = Task.WhenAll(_links.Select(link => Task.Run(() => link.RunAsync(_stopping.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await SayLastWordsAsync(cancellationToken);
        await _stopping.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private static async Task<bool> MayReadAsync(ChannelReader<byte[]> answers, CancellationToken patience)
    {
        try
        {
            return await answers.WaitToReadAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // What the modules published as they stopped.
    private async Task SayLastWordsAsync(CancellationToken cancellation)
    {
        for (var since = _time.GetTimestamp(); _links.Any(link => link is { IsConnected: true, Waiting: > 0 }) && _time.GetElapsedTime(since) < LastWords;)
        {
            await Task.Delay(LastWordsPause, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
