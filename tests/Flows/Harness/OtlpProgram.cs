using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>A receiver of OTLP that others wrote (the Aspire dashboard), over HTTP and gRPC; what it got is read back from its REST API.</summary>
public sealed class OtlpProgram : IAsyncDisposable
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("TOLLGATE_OTLP_RECEIVER");

    private readonly HttpClient _http;
    private readonly Process _process;

    private OtlpProgram(Process process, string api, string http, string grpc)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(api) };
        (HttpUrl, GrpcUrl) = (http, grpc);
    }

    public string HttpUrl { get; }

    public string GrpcUrl { get; }

    /// <summary>The program is not part of this repository: <c>./dev test --all</c> fetches it, and says where it is.</summary>
    public static void SkipWithout()
    {
        var isRequired = Environment.GetEnvironmentVariable("TOLLGATE_CI") is { Length: > 0 };
        Assert.True(Program is { Length: > 0 } || !isRequired, "No OTLP receiver was fetched.");
        Assert.SkipUnless(Program is { Length: > 0 }, "TOLLGATE_OTLP_RECEIVER names no program (./dev test --all fetches one)");
    }

    /// <param name="home">Where it may keep files.</param>
    public static async Task<OtlpProgram> StartAsync(string home)
    {
        var (api, http, grpc) = (Url(), Url(), Url());
        var start = new ProcessStartInfo(Program!)
        {
            WorkingDirectory = Path.GetDirectoryName(Program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_URLS", api), ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", http), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", grpc),
            ("ASPIRE_DASHBOARD_API_ENABLED", "true"), ("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true"), ("HOME", home),
        })
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var receiver = new OtlpProgram(process, api, http, grpc);
        try
        {
            await Wait.UntilAsync("the receiver", TimeSpan.FromSeconds(30), async () => await receiver.GetAsync("resources") is not null);
            return receiver;
        }
        catch
        {
            await receiver.DisposeAsync();
            throw;
        }
    }

    /// <summary>All spans (in the JSON form of OTLP), each with the name of its source.</summary>
    public async Task<IReadOnlyList<(string Source, JsonNode Span)>> SpansAsync()
    {
        var answer = await GetAsync("spans?limit=1000");
        return
        [
            .. from resource in answer?["data"]?["resourceSpans"]?.AsArray() ?? []
               from scope in resource!["scopeSpans"]!.AsArray()
               from span in scope!["spans"]!.AsArray()
               select ((string)scope["scope"]!["name"]!, span),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Url() => $"http://127.0.0.1:{FreePorts.One()}";

    // Null while it is starting.
    private async Task<JsonNode?> GetAsync(string what)
    {
        try
        {
            return JsonNode.Parse(await _http.GetStringAsync("/api/telemetry/" + what));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
