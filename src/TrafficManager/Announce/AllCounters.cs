using System.Text.Json;
using Tollgate.Eventing;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Counters of all partitions, whichever traffic managers count them: the one in this process, or those that are reached over the bus.</summary>
/// <param name="bus">Null on a node that reaches no other.</param>
/// <param name="own">Null on a node without a traffic manager.</param>
/// <param name="time">The clock.</param>
public sealed class AllCounters(Bus? bus, CounterQuestions? own, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Not every partition may have a traffic manager, and then nobody says that there is none.
    private static readonly TimeSpan RemotePatience = TimeSpan.FromSeconds(1.5);

    // Far beyond any window, and its end can still be written as a date.
    private const long Latest = 100_000_000_000_000;

    public bool CanAsk => bus is { IsShared: true } || own is not null;

    /// <summary>Answers other nodes from now on, on a node that has a traffic manager.</summary>
    public static void Answer(Bus bus, CounterQuestions own) => bus.Answers = async (part, cancellation) =>
        JsonSerializer.SerializeToUtf8Bytes(new Message(await own.AskAsync(part, cancellation))) is { Length: <= Bus.MostAnswerBytes } answer
            ? answer
            : JsonSerializer.SerializeToUtf8Bytes(new Message(null));

    /// <summary>Counters whose key has this part, by key.</summary>
    public async Task<CountersAnswer> AskAsync(string part, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(bus is { IsShared: true } ? RemotePatience : Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var answer = bus is { IsShared: true } ? await AskOthersAsync(bus, part, either.Token)
                : await own!.AskAsync(part, either.Token) is { } found ? new CountersAnswer(true, found.Counters)
                : new CountersAnswer(true, null);
            return answer with { Counters = answer.Counters?.OrderBy(counted => counted.Key, StringComparer.Ordinal).ThenBy(Length).ToList() };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new CountersAnswer(false, []);
        }
    }

    private static long Length(Counted counted) => counted.WindowMilliseconds;

    private static async Task<CountersAnswer> AskOthersAsync(Bus bus, string part, CancellationToken patience)
    {
        HashSet<int> partitions = [];
        Dictionary<(string Key, long WindowMilliseconds), Counted> all = [];
        var isAnswered = false;
        await foreach (var bytes in bus.AskAsync(part, patience))
        {
            if (Read(bytes) is not { } message)
            {
                continue;
            }

            if (message.Found is not { } found)
            {
                return new CountersAnswer(true, null);
            }

            isAnswered = true;
            partitions.UnionWith(found.Partitions);
            foreach (var counted in found.Counters)
            {
                var id = (counted.Key, counted.WindowMilliseconds);
                all[id] = all.TryGetValue(id, out var known) ? known.Merge(counted) : counted;
            }

            if (partitions.Count >= Partition.Count)
            {
                break;
            }
        }

        return new CountersAnswer(isAnswered, [.. all.Values]);
    }

    // Whoever can reach the broker can answer anything.
    private static Message? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Message>(bytes) is { Found: null or { Partitions: not null, Counters: not null } } message
                && message.Found?.Counters.All(IsWhole) != false
                    ? message
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(Counted? counted) =>
        counted is { Key: not null, Gateways: { } gateways, WindowStart: >= 0 and <= Latest, WindowMilliseconds: > 0 and <= Latest }
        && double.IsFinite(counted.Demand) && gateways.All(share => share is { Gateway: not null });

    private sealed record Message(CountersFound? Found);
}

/// <summary>What is known of counters.</summary>
/// <param name="IsAnswered">False when no traffic manager answered in time.</param>
/// <param name="Counters">Null when there are too many, or too many ask.</param>
public sealed record CountersAnswer(bool IsAnswered, IReadOnlyList<Counted>? Counters);
