using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tollgate.Model;
using Tollgate.Security.Fetch;

namespace Tollgate.DevPortal.Keys;

/// <summary>The way to the key manager: tokens are asked for over HTTP, as any OAuth client does.</summary>
/// <param name="nodes">Nodes with a key manager.</param>
/// <param name="http">Trusts their certificates.</param>
/// <param name="log">Says why they cannot be asked.</param>
public sealed partial class KeyManagerConnection(NodesInTurn nodes, HttpMessageInvoker http, ILogger<KeyManagerConnection> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The token endpoint's answer to a form of an authenticated client.</summary>
    internal async Task<JsonElement> TokenAsync(
        string consumerKey, string secret, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var answer = await PostAsync("/oauth2/token", consumerKey, secret, form, cancellation);
        var json = await JsonElementAsync(answer, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => json,
            HttpStatusCode.Unauthorized => throw Refusal.BadRequest("consumerSecret is none of the key's secrets, or the application may not get tokens."),
            >= HttpStatusCode.InternalServerError => throw Unavailable(),
            _ => throw Refusal.BadRequest($"The key manager refused: {json.GetProperty("error_description").GetString()}"),
        };
    }

    /// <summary>Ends a token of this client; one that is not his stays as it is (RFC 7009).</summary>
    internal async Task RevokeAsync(string consumerKey, string secret, string token, CancellationToken cancellation)
    {
        using var answer = await PostAsync("/oauth2/revoke", consumerKey, secret, [new("token", token)], cancellation);
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw Unavailable();
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, string name, string secret, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WebUtility.UrlEncode(name)}:{WebUtility.UrlEncode(secret)}"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            return await nodes.SendAsync(
                http,
                node =>
                {
                    var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, path)) { Content = new FormUrlEncodedContent(form) };
                    request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
                    return request;
                },
                patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Away(log, error.InnerException is AuthenticationException refused ? refused.Message : error.Message);
            throw Unavailable();
        }
    }

    private static async Task<JsonElement> JsonElementAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Unavailable();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The key manager cannot be asked: {Reason}")]
    private static partial void Away(ILogger log, string reason);

    private static Refusal Unavailable() => new(503, 503, "Service Unavailable", "The key manager does not answer. Try again in a moment.");
}
