namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Responses that come in pieces.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task Body_AfterAHeadThatIsWithTheClient_ReachesItToTheLastByte()
    {
        var hasHead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new ScriptedBackend(async side =>
        {
            while (await side.ReadHeadAsync() is not null)
            {
                await side.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                await hasHead.Task;
                await side.SendAsync("hello");
            }
        });
        await using var rig = await ForwardRig.StartAsync(backend.Url);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(rig.Url, "/"), HttpCompletionOption.ResponseHeadersRead);
        hasHead.SetResult();

        Assert.Equal("hello", await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
