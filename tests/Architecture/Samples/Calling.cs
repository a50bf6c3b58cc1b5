using static System.Threading.Thread;

namespace Tollgate.Architecture.Samples;

/// <summary>Calls that the program's code does not make, and the ones that replace them.</summary>
internal static class Calling
{
    public static DateTime Now() => DateTime.Now;

    public static DateTime UtcNow() => DateTime.UtcNow;

    public static DateTimeOffset Offset() => DateTimeOffset.UtcNow;

    public static DateTimeOffset OffsetNow() => DateTimeOffset.Now;

    public static int Shared() => Random.Shared.Next();

    public static Random Made() => new(1);

    public static void Sleeps() => Sleep(0);

    public static Task Delays() => Task.Delay(1);

    public static async Task DelaysInside(Task before)
    {
        await before;
        await Task.Delay(TimeSpan.Zero);
    }

    public static Task DelaysWell(TimeProvider time) => Task.Delay(TimeSpan.Zero, time);

    public static void Exits() => Environment.Exit(0);

    public static void Writes() => Console.Error.WriteLine();

    public static Action WritesInALambda(int value) => () => Console.WriteLine(value);

    public static void Waits(Task task) => task.Wait();

    public static int Result(Task<int> task) => task.Result;

    public static void Blocks(Task task) => task.GetAwaiter().GetResult();

    public static int BlocksOnResult(ValueTask<int> task) => task.ConfigureAwait(false).GetAwaiter().GetResult();

    public static async Task<int> Awaits(Task<int> task) => await task;

    public static async void Forgets(Task task) => await task;
}
