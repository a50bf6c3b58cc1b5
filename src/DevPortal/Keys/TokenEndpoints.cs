using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn.Access;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>Tokens of an application for trying it out.</summary>
internal sealed class TokenEndpoints(OwnKeys keys, KeyManagerConnection keyManager)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])[KeyEndpoints.ByMapping, KeyEndpoints.ByType])
        {
            routes.MapPost(path + "/generate-token", GenerateAsync).Needs(KeyEndpoints.Use);
        }
    }

    private async Task GenerateAsync(HttpContext http)
    {
        var credential = await keys.NeedAsync(http);
        var wanted = await JsonBody.ReadAsync<TokenRequest>(http);
        if (wanted.GrantType is not (null or "CLIENT_CREDENTIALS"))
        {
            throw Refusal.BadRequest("grantType is CLIENT_CREDENTIALS; tokens of other key managers are not exchanged.");
        }

        var secret = wanted.ConsumerSecret is { Length: > 0 } given
            ? given
            : throw Refusal.BadRequest("consumerSecret is missing: secrets are stored as hashes, so only you can present it.");
        var token = await keyManager.TokenAsync(credential.ConsumerKey, secret, Form(wanted), http.RequestAborted);
        if (wanted.RevokeToken is { Length: > 0 } old)
        {
            await keyManager.RevokeAsync(credential.ConsumerKey, secret, old, http.RequestAborted);
        }

        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, new TokenResource(
            token.GetProperty("access_token").GetString()!,
            token.GetProperty("scope").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            token.GetProperty("expires_in").GetInt64()));
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(TokenRequest wanted)
    {
        yield return new("grant_type", "client_credentials");
        if (wanted.Scopes.Count > 0)
        {
            yield return new("scope", string.Join(' ', wanted.Scopes));
        }

        if (wanted.ValidityPeriod is { } seconds and not 0)
        {
            yield return new("validity_period", seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed record TokenRequest
    {
        public string? ConsumerSecret { get; init; }

        /// <summary>Seconds; null and 0 take what the key is set to, -1 is the longest.</summary>
        public long? ValidityPeriod { get; init; }

        public IReadOnlyList<string> Scopes { get; init; } = [];

        public string? RevokeToken { get; init; }

        public string? GrantType { get; init; }

        public object? AdditionalProperties { get; init; }
    }

    private sealed record TokenResource(string AccessToken, IReadOnlyList<string> TokenScopes, long ValidityTime);
}
