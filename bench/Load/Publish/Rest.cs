using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Publish;

/// <summary>Calls the REST APIs of the control plane; anything but success ends the benchmark.</summary>
internal sealed class Rest(string baseUrl, HttpClient http)
{
    public Task<JsonNode> PostAsync(string path, JsonNode? body = null) => SendAsync(
        path, "admin", TollgateNode.AdminPassword,
        body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    public async Task<string> TokenAsync(string consumerKey, string consumerSecret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        return (string)(await SendAsync("/oauth2/token", consumerKey, consumerSecret, form))["access_token"]!;
    }

    private async Task<JsonNode> SendAsync(string path, string user, string password, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(baseUrl + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!
            : throw new InvalidOperationException($"POST {path} answered {(int)response.StatusCode}: {text}");
    }
}
