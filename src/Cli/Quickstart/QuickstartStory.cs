using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.Cli.Quickstart;

/// <summary>Publish, subscribe, get a token, call: the whole product in one run.</summary>
public sealed class QuickstartStory(QuickstartTarget target, TextWriter output, TimeProvider time)
{
    private const string CallPath = SampleApi.Context + "/pets?status=available";

    // Deployments and subscriptions reach the gateway within milliseconds of their answers; this is for a machine under load.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync()
    {
        using var rest = new RestClient(target);
        var apiId = await new SampleApi(rest, target).EnsureAsync();
        var keys = await new SampleApplication(rest, target).EnsureAsync(apiId);
        var token = await TokenAsync(rest, keys);
        var (status, body) = await CallAsync(rest, token);
        output.WriteLine();
        output.WriteLine($"GET {target.GatewayUrl}{CallPath}");
        output.WriteLine($"{status} {body}");
        output.WriteLine();
        Row("Gateway", target.GatewayUrl);
        Row("Admin portal", target.ManagementUrl + "/admin");
        Row("Publisher portal", target.ManagementUrl + "/publisher");
        Row("Developer portal", target.ManagementUrl + "/devportal");
        Row("REST APIs", target.ManagementUrl + "/api/am/{publisher/v4, devportal/v3, admin/v4}");
        Row("Token endpoint", target.ManagementUrl + "/oauth2/token");
        Row("Sample application", $"consumer key {keys.ConsumerKey}, secret {keys.ConsumerSecret}");
        output.WriteLine();
        output.WriteLine("Try it (the token lives for an hour):");
        output.WriteLine($"curl -k -H 'Authorization: Bearer {token}' '{target.GatewayUrl}{CallPath}'");
        output.WriteLine();
        if (status != 200)
        {
            throw new InvalidOperationException($"The sample call answered {status} instead of 200.");
        }
    }

    public void Row(string name, string value) => output.WriteLine($"  {name,-20} {value}");

    private async Task<string> TokenAsync(RestClient rest, SampleKeys keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.ManagementUrl + "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{keys.ConsumerKey}:{keys.ConsumerSecret}")));
        using var response = await rest.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? (string)JsonNode.Parse(body)!["access_token"]!
            : throw new InvalidOperationException($"The token endpoint answered {(int)response.StatusCode}: {body}");
    }

    private async Task<(int Status, string Body)> CallAsync(RestClient rest, string token)
    {
        for (var deadline = time.GetUtcNow() + Patience; ; await Task.Delay(Pause, time))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.GatewayUrl + CallPath);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await rest.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK || time.GetUtcNow() > deadline)
            {
                return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
            }
        }
    }
}
