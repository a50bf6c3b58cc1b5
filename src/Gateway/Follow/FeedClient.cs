using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow;

/// <summary>Asks the control plane for changes: a long poll that answers with newline-delimited JSON.</summary>
internal sealed class FeedClient(ControlPlane controlPlane, GatewayOptions options)
{
    private const int WaitSeconds = 30;
    private const int MostLineLength = 64 * 1024 * 1024;

    // The control plane may hold the answer back for the whole wait; a little more, and the connection is dead.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(WaitSeconds + 15);

    /// <summary>Reads one answer; changes are handed out as they arrive. Asking from a version acknowledges that it is being served.</summary>
    public async Task<FeedStart> ReadAsync(RuntimeCursor since, Action<FeedStart> start, Action<RuntimeChange> change, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Timeout);
        var query = $"?epoch={Uri.EscapeDataString(since.Epoch)}&since={since.Version}&wait={WaitSeconds}&node={Uri.EscapeDataString(options.Node)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(controlPlane.BaseUrl, FeedNames.Path + query));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await controlPlane.Tokens.Get(limit.Token));
        using var response = await controlPlane.Http.SendAsync(request, limit.Token);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            controlPlane.Tokens.Forget();
            throw new HttpRequestException($"the control plane answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        return await ReadAsync(body, start, change, limit.Token);
    }

    private static async Task<FeedStart> ReadAsync(Stream body, Action<FeedStart> start, Action<RuntimeChange> change, CancellationToken cancellation)
    {
        using var lines = new StreamReader(body);
        var head = Parse<FeedStart>(await LineAsync(lines, cancellation));
        start(head);
        for (var count = 0L; ; count++)
        {
            var line = await LineAsync(lines, cancellation);
            // The last line is the only one that starts so; a change starts with its version.
            if (line.StartsWith("{\"end\":", StringComparison.Ordinal))
            {
                var end = Parse<FeedEnd>(line);
                return end.End == head.Version && end.Changes == count
                    ? head
                    : throw new InvalidDataException("the feed's end does not fit its changes");
            }

            change(Parse<RuntimeChange>(line));
        }
    }

    private static async Task<string> LineAsync(StreamReader lines, CancellationToken cancellation) =>
        await lines.ReadLineAsync(cancellation) is { Length: < MostLineLength } line
            ? line
            : throw new InvalidDataException("the feed broke off");

    private static T Parse<T>(string line)
    {
        try
        {
            return ModelJson.Read<T>(line) ?? throw new InvalidDataException("the feed sent null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("the feed sent something that is not a change", error);
        }
    }
}
