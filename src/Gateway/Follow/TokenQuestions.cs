using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow;

/// <summary>Asks the key manager about opaque tokens, by their hash: the tokens themselves stay here.</summary>
internal sealed class TokenQuestions(ControlPlane controlPlane, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What the key manager says; null when it knows no such token. When it cannot be asked, that is an exception.</summary>
    public async Task<RuntimeToken?> AskAsync(string hash)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var response = await SendAsync(hash, limit.Token);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"the key manager answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        await response.Content.LoadIntoBufferAsync(MostBytes, limit.Token);
        return await JsonSerializer.DeserializeAsync<RuntimeToken>(
            await response.Content.ReadAsStreamAsync(limit.Token), ModelJson.Options, limit.Token);
    }

    // A node token may have ended meanwhile; a second one is good.
    private async Task<HttpResponseMessage> SendAsync(string hash, CancellationToken cancellation)
    {
        var response = await SendOnceAsync(hash, cancellation);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        controlPlane.Tokens.Forget();
        return await SendOnceAsync(hash, cancellation);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(string hash, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(controlPlane.BaseUrl, $"{FeedNames.TokenPath}/{hash}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await controlPlane.Tokens.Get(cancellation));
        return await controlPlane.Http.SendAsync(request, cancellation);
    }
}
