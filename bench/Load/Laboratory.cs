using Tollgate.Load.Measure;
using Tollgate.Load.Processes;
using Tollgate.Load.Publish;

namespace Tollgate.Load;

/// <summary>Everything that runs during a benchmark, in a folder that goes away with it.</summary>
internal sealed class Laboratory : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Stack<IAsyncDisposable> _running = new();
    private string _backendUrl = "";
    private TollgateNode _control = null!;
    private IReadOnlyList<Candidate> _candidates = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tollgate-bench-").FullName;

    /// <summary>Starts a backend, nginx, a default node as the control plane, and a gateway that follows it.</summary>
    public static async Task<Laboratory> StartAsync(string program)
    {
        var laboratory = new Laboratory();
        try
        {
            await laboratory.StartAllAsync(program);
            return laboratory;
        }
        catch (Exception)
        {
            await laboratory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who is measured in a scenario.</summary>
    public IReadOnlyList<Candidate> CandidatesFor(Scenario scenario) =>
        [.. _candidates.Where(candidate => candidate.Name != Candidate.Default || scenario.WithDefaultProfile)];

    /// <summary>What runs where, for somebody who measures by hand.</summary>
    public string Describe(string token) => string.Join('\n',
    [
        .. _candidates.Select(candidate =>
            $"{candidate.Name}: process {candidate.ProcessId}, http://127.0.0.1:{candidate.Ports.Http}/load/1.0.0/1k, https on {candidate.Ports.Https}"),
        $"Authorization: Bearer {token}",
    ]);

    /// <summary>Publishes what is called and waits until every gateway serves it; the token that calls it.</summary>
    public async Task<string> PublishAsync(bool many)
    {
        using var http = PinnedClient.For(_control.CertificateFile);
        var portal = new Portal(new Rest(_control.ManagementUrl, http), _backendUrl);
        await portal.MakePoliciesAsync();
        var api = await portal.PublishAsync("load");
        var consumer = await portal.ConsumerAsync("Load");
        await portal.SubscribeAsync(api, consumer);
        if (many)
        {
            await ManyApis.WriteCallsAsync(portal, Random.Shared, Path.Combine(Folder, "calls"));
        }

        // A gateway that knows the newest application knows what came before it.
        var last = await portal.ConsumerAsync("Last");
        await portal.SubscribeAsync(api, last);
        await ServedAsync(await portal.TokenAsync(last));
        return await portal.TokenAsync(consumer);
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var running))
        {
            await running.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartAllAsync(string program)
    {
        var backend = FreePorts.Next();
        _backendUrl = $"http://127.0.0.1:{backend}";
        Started(Nginx.StartBackend(Folder, backend));
        _control = Started(await TollgateNode.StartAsync(program, Folder, "default"));
        var gateway = Started(await TollgateNode.StartAsync(program, Folder, "gateway-worker", $"""
            [apim.key_manager]
            service_url = "{_control.ManagementUrl}/services/"

            [truststore]
            file_name = "{_control.CertificateFile}"
            """));
        var ports = new ProxyPorts(FreePorts.Next(), FreePorts.Next());
        var nginx = Started(Nginx.StartProxy(Folder, ports, backend, gateway.CertificateFile));
        _candidates =
        [
            new(Candidate.Nginx, await nginx.OnlyChildAsync(Patience), ports),
            new(Candidate.Gateway, gateway.Id, gateway.Gateway),
            new(Candidate.Default, _control.Id, _control.Gateway),
        ];
    }

    private T Started<T>(T running)
        where T : IAsyncDisposable
    {
        _running.Push(running);
        return running;
    }

    private async Task ServedAsync(string token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        foreach (var candidate in _candidates)
        {
            for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(Pause))
            {
                using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{candidate.Ports.Http}/load/1.0.0/1k"));
                if (response.IsSuccessStatusCode)
                {
                    break;
                }

                if (DateTime.UtcNow > until)
                {
                    throw new InvalidOperationException($"{candidate.Name} answers {(int)response.StatusCode}.");
                }
            }
        }
    }
}
