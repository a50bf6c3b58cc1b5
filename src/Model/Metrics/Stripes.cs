namespace Tollgate.Model.Metrics;

/// <summary>A row of sums for every processor, far enough apart that they share no cache line.</summary>
internal sealed class Stripes
{
    private const int CellsPerLine = 64 / sizeof(long);

    private static readonly int Rows = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 64));

    private readonly int _width;
    private readonly long[] _cells;

    public Stripes(int count)
    {
        // One line between rows, because an array does not begin at the beginning of a line.
        _width = (count + CellsPerLine - 1) / CellsPerLine * CellsPerLine + CellsPerLine;
        _cells = new long[Rows * _width];
    }

    public void Add(int index, long amount) =>
        Interlocked.Add(ref _cells[((Thread.GetCurrentProcessorId() & (Rows - 1)) * _width) + index], amount);

    public long Read(int index)
    {
        var sum = 0L;
        for (var row = 0; row < Rows; row++)
        {
            sum += Volatile.Read(ref _cells[(row * _width) + index]);
        }

        return sum;
    }
}
