using System.Threading.Channels;
using Tollgate.TrafficManager.Count;

namespace Tollgate.TrafficManager.Announce;

/// <summary>Questions of operators about counters, answered between two batches by the one thread that counts.</summary>
public sealed class CounterQuestions
{
    // Sums must not wait for whoever asks for all of a million.
    internal const int Most = 10_000;
    private const int MostWaiting = 8;

    private readonly Channel<Question> _questions = Channel.CreateBounded<Question>(MostWaiting);

    /// <summary>Counters whose key has this part; null when there are too many, or too many ask.</summary>
    public async Task<CountersFound?> AskAsync(string part, CancellationToken cancellation)
    {
        var question = new Question(part, new TaskCompletionSource<CountersFound?>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _questions.Writer.TryWrite(question) ? await question.Answer.Task.WaitAsync(cancellation) : null;
    }

    /// <summary>Answers at most one question.</summary>
    internal void Answer(IReadOnlyCollection<TallyBook> books)
    {
        if (!_questions.Reader.TryRead(out var question))
        {
            return;
        }

        List<Counted> found = [];
        List<int> partitions = [];
        // What was counted here before another traffic manager took over is old news.
        foreach (var book in books.Where(book => book.IsActive))
        {
            partitions.Add(book.Partition);
            if (!book.TryFind(question.Part, found, Most))
            {
                question.Answer.SetResult(null);
                return;
            }
        }

        question.Answer.SetResult(new CountersFound(partitions, found));
    }

    private sealed record Question(string Part, TaskCompletionSource<CountersFound?> Answer);
}

/// <summary>What a traffic manager knows.</summary>
/// <param name="Partitions">Those it counts.</param>
/// <param name="Counters">In no order.</param>
public sealed record CountersFound(IReadOnlyList<int> Partitions, IReadOnlyList<Counted> Counters);
