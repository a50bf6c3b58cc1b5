using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

/// <summary>Work off the loop stays off it, whichever thread brings what it waited for.</summary>
public sealed class OffLoopTests
{
    [Fact]
    public async Task Work_AnswerComesOnAnotherThread_GoesOnInThePool()
    {
        // Without RunContinuationsAsynchronously: as a socket does it on the loop.
        var answer = new TaskCompletionSource();
        var (started, resumed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var inPool = new List<bool>();
        var work = OffLoop.RunAsync(async () =>
        {
            inPool.Add(Thread.CurrentThread.IsThreadPoolThread);
            started.SetResult();
            await answer.Task;
            inPool.Add(Thread.CurrentThread.IsThreadPoolThread);
            await InnerAsync(inPool, resumed.Task);
        });
        await started.Task;
        OnALoop(answer.SetResult);
        OnALoop(resumed.SetResult);
        await work;
        Assert.Equal([true, true, true], inPool);
    }

    [Fact]
    public async Task Work_Fails_TheFailureComesOut() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => OffLoop.RunAsync(() => Task.FromException(new InvalidDataException())));

    private static async Task InnerAsync(List<bool> inPool, Task waited)
    {
        await waited;
        inPool.Add(Thread.CurrentThread.IsThreadPoolThread);
    }

    private static void OnALoop(Action complete)
    {
        var loop = new Thread(() => complete());
        loop.Start();
        loop.Join();
    }
}
