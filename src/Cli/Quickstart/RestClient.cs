using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.Cli.Quickstart;

/// <summary>Calls REST APIs and says in one sentence what went wrong when one refuses.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;

    public RestClient(QuickstartTarget target) => _http = new HttpClient(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            // The node's own certificate and no other: it is self-signed at first.
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == target.Certificate.GetCertHashString(),
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<JsonNode?> SendAsync(HttpMethod method, string url, string bearer, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? null : JsonNode.Parse(text)
            : throw new InvalidOperationException($"{method} {url} answered {(int)response.StatusCode}: {text}");
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public void Dispose() => _http.Dispose();
}
