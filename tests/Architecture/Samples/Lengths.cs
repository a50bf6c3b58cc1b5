namespace Tollgate.Architecture.Samples;

/// <summary>Methods of known lengths, in every shape that the compiler takes apart.</summary>
internal sealed class Lengths(int start)
{
    private readonly Func<int, int> _first = static value => value + 1;

    private readonly int _start = start;

    // A constructor of a few lines, and initializers far above and below it.
    public Lengths(string start)
        : this(start.Length)
    {
        Count = start.Length;
        Count++;
    }

    public int Count { get; private set; }

    public int Plain(int value)
    {
        value += _start;
        value = _first(value);
        value += 3;
        value += 4;
        return value;
    }

    public async Task<int> Async(Task task)
    {
        await task;
        Count++;
        Count++;
        Count++;
        return Count;
    }

    public IEnumerable<int> Iterator()
    {
        yield return 1;
        yield return 2;
        yield return 3;
        yield return 4;
    }

    public Func<int, int> Lambda() =>
        value =>
        {
            value += _last;
            value += 2;
            value += 3;
            return value;
        };

    private readonly int _last = 7;
}
