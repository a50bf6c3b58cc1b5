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

    /// <summary>Counters whose key has this part, by key; null when there are too many, or too many ask.</summary>
    public async Task<IReadOnlyList<Counted>?> AskAsync(string part, CancellationToken cancellation)
    {
        var question = new Question(part, new TaskCompletionSource<IReadOnlyList<Counted>?>(TaskCreationOptions.RunContinuationsAsynchronously));
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
        foreach (var book in books)
        {
            if (!book.TryFind(question.Part, found, Most))
            {
                question.Answer.SetResult(null);
                return;
            }
        }

        found.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key) is not 0 and var order
            ? order
            : one.WindowMilliseconds.CompareTo(other.WindowMilliseconds));
        question.Answer.SetResult(found);
    }

    private sealed record Question(string Part, TaskCompletionSource<IReadOnlyList<Counted>?> Answer);
}
