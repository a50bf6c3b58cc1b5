using System.Net;
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
        using var response = await controlPlane.SendAsync(
            node => new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"{FeedNames.TokenPath}/{hash}")), limit.Token);
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
}
