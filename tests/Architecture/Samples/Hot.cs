namespace Tollgate.Architecture.Samples;

/// <summary>What hot code does not do.</summary>
internal sealed class Hot
{
    private readonly Lock _lock = new();
    private readonly object _monitor = new();
    private int _count;

    public int Queries(IReadOnlyList<int> values) => values.Count(value => value > 0);

    public Func<int> Captures(int value) => () => value;

    public Func<int, int> DoesNotCapture() => static value => value;

    public void Locks()
    {
        lock (_lock)
        {
            _count++;
        }
    }

    public void Monitors()
    {
        lock (_monitor)
        {
            _count++;
        }
    }

    public int Counts() => Interlocked.Increment(ref _count);
}
