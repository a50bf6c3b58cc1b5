using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Model.Metrics;

namespace Tollgate.KeyManager.Issue;

/// <summary>POST /oauth2/token (RFC 6749 section 3.2).</summary>
internal sealed class TokenEndpoint(ClientAuthentication clients, Grants grants)
{
    private const string Unknown = "unknown";

    private readonly LabelledCounters _tokens = new(
        "tollgate_tokens_total", "Token requests by grant and outcome: issued, or refused.", "grant", "outcome");

    public IEnumerable<MetricFamily> ReadMetrics() => [_tokens.Read()];

    public async Task HandleAsync(HttpContext http)
    {
        var grant = Unknown;
        var outcome = "refused";
        try
        {
            var request = await OAuthRequest.ReadAsync(http);
            var client = await clients.RequireAsync(http, request);
            var named = grants.Need(request.Need("grant_type"));
            grant = named.Type;
            await IssueAsync(http, request, client, named);
            outcome = "issued";
        }
        finally
        {
            _tokens.Add(grant, outcome);
        }
    }

    private static async Task IssueAsync(HttpContext http, OAuthRequest request, Client client, IGrant grant)
    {
        if (!client.MayUse(grant.Type))
        {
            throw new OAuthError(400, "unauthorized_client", $"The application is not registered for the grant '{grant.Type}'.");
        }

        var answer = await grant.IssueAsync(client, request);
        await OAuthAnswer.WriteAsync(http, 200, writer => Write(writer, answer));
    }

    private static void Write(Utf8JsonWriter writer, TokenAnswer answer)
    {
        writer.WriteString("access_token", answer.AccessToken);
        if (answer.RefreshToken is not null)
        {
            writer.WriteString("refresh_token", answer.RefreshToken);
        }

        writer.WriteString("scope", answer.Scope);
        writer.WriteString("token_type", "Bearer");
        writer.WriteNumber("expires_in", answer.ExpiresIn);
    }
}
