using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Tollgate.Cli.Limits;

/// <summary>Prints who counted what, again and again, from a node's REST API.</summary>
public sealed class LimitsWatch : IDisposable
{
    private const int KeyWidth = 60;

    private readonly WatchedNode _node;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public LimitsWatch(WatchedNode node, TextWriter output, TimeProvider time)
    {
        _node = node;
        _output = output;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = Trust(node) }) { Timeout = TimeSpan.FromSeconds(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{node.User}:{node.Password}")));
    }

    /// <summary>Prints so many times, or until it is cancelled when that is 0.</summary>
    public async Task RunAsync(int times, TimeSpan pause, CancellationToken cancellation)
    {
        for (var printed = 0; ; await Task.Delay(pause, _time, cancellation))
        {
            await PrintAsync(cancellation);
            if (++printed == times)
            {
                return;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task PrintAsync(CancellationToken cancellation)
    {
        var url = $"{_node.Url.TrimEnd('/')}/api/am/admin/v4/throttling/counters?limit={_node.Most}&key={Uri.EscapeDataString(_node.Key)}";
        using var response = await _http.GetAsync(url, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{url} answered {(int)response.StatusCode}: {body}");
        }

        using var json = JsonDocument.Parse(body);
        var all = json.RootElement;
        _output.WriteLine(
            $"{_time.GetUtcNow():HH:mm:ss}  {all.GetProperty("count")} of {all.GetProperty("pagination").GetProperty("total")} counters");
        _output.WriteLine($"  {"key".PadRight(KeyWidth)} {"used",12} {"limit",12} {"per second",11}  gateways");
        foreach (var counter in all.GetProperty("list").EnumerateArray())
        {
            _output.WriteLine(LineOf(counter));
        }
    }

    private static string LineOf(JsonElement counter)
    {
        var gateways = counter.GetProperty("gateways").EnumerateArray()
            .Select(share => $"{share.GetProperty("gateway").GetString()![..6]}={share.GetProperty("total")}");
        var used = counter.GetProperty("total").GetInt64() + counter.GetProperty("carriedOver").GetInt64();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {counter.GetProperty("key").GetString()!.PadRight(KeyWidth)} {used,12} "
            + $"{counter.GetProperty("limit").GetInt64(),12} {counter.GetProperty("perSecond").GetDouble(),11:0.0}  {string.Join(' ', gateways)}");
    }

    // A node's own certificate, where its file is given, and no other; else what the system trusts.
    private static SslClientAuthenticationOptions Trust(WatchedNode node)
    {
        if (node.CertificateFile is null)
        {
            return new SslClientAuthenticationOptions();
        }

        var hash = X509Certificate2.CreateFromPem(File.ReadAllText(node.CertificateFile)).GetCertHashString();
        return new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == hash,
        };
    }
}

/// <summary>The node that is asked, and what for.</summary>
/// <param name="Url">Base URL of its REST APIs.</param>
/// <param name="User">An administrator.</param>
/// <param name="Password">His password.</param>
/// <param name="Key">Part of the keys.</param>
/// <param name="Most">How many counters to show.</param>
/// <param name="CertificateFile">The node's certificate (PEM), where the system does not trust it.</param>
public sealed record WatchedNode(string Url, string User, string Password, string Key, int Most, string? CertificateFile);
