using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow;

/// <summary>Asks the control plane for changes: a long poll that answers with newline-delimited JSON.</summary>
internal sealed class FeedClient(ControlPlane controlPlane, GatewayOptions options)
{
    private const int MostLineLength = 64 * 1024 * 1024;

    private readonly string _self = "&node=" + Uri.EscapeDataString(options.Node) + "&profile=" + Uri.EscapeDataString(options.Profile)
        + string.Concat(options.Served.Select(environment => "&environment=" + Uri.EscapeDataString(environment)));

    // Where another node could be asked, one that hangs is to be noticed soon.
    private readonly int _waitSeconds = controlPlane.Nodes.Count > 1 ? 5 : 30;

    /// <summary>Reads one answer; changes are handed out as they arrive. Asking from a version acknowledges that it is being served.</summary>
    public async Task<FeedStart> ReadAsync(RuntimeCursor since, Action<FeedStart> start, Action<RuntimeChange> change, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // The control plane may hold the answer back for the whole wait; half of that more, and the connection is dead.
        limit.CancelAfter(TimeSpan.FromSeconds(_waitSeconds * 1.5));
        var node = controlPlane.Nodes.First;
        try
        {
            return await ReadAsync(node, since, start, change, limit.Token);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            controlPlane.Nodes.Leave(node);
            throw;
        }
    }

    private async Task<FeedStart> ReadAsync(
        Uri node, RuntimeCursor since, Action<FeedStart> start, Action<RuntimeChange> change, CancellationToken cancellation)
    {
        var query = $"?epoch={Uri.EscapeDataString(since.Epoch)}&since={since.Version}&wait={_waitSeconds}{_self}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, FeedNames.Path + query));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await controlPlane.Tokens.Get(cancellation));
        using var response = await controlPlane.Http.SendAsync(request, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            controlPlane.Tokens.Forget();
            throw new HttpRequestException($"the control plane answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        return await ReadAsync(body, start, change, cancellation);
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
