using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Applications;
using Tollgate.Web.Rest;

namespace Tollgate.DevPortal.Keys;

/// <summary>Several secrets for one consumer key, so that a client can change over without a gap.</summary>
internal sealed class SecretEndpoints(OwnKeys keys, ClientSecretStore secrets, TimeProvider time)
{
    private const int MaxDescription = 512;
    private const string Description = "description";
    private const string ExpiresIn = "expiresIn";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(KeyEndpoints.ByMapping + "/secrets", ListAsync).Needs(KeyEndpoints.Use);
        routes.MapPost(KeyEndpoints.ByMapping + "/generate-secret", AddAsync).Needs(KeyEndpoints.Use);
        routes.MapPost(KeyEndpoints.ByMapping + "/revoke-secret", RevokeAsync).Needs(KeyEndpoints.Use);
    }

    private async Task ListAsync(HttpContext http)
    {
        var all = await secrets.ListAsync(await keys.NeedAsync(http));
        await JsonAnswer.WriteAsync(http, Lists.Whole<SecretResource>([.. all.Select(secret => SecretResource.Of(secret, null))]));
    }

    private async Task AddAsync(HttpContext http)
    {
        var credential = await keys.NeedWithSecretAsync(http);
        var wanted = (await JsonBody.ReadAsync<SecretRequest>(http)).AdditionalProperties ?? new Dictionary<string, object>();
        if (wanted.Keys.FirstOrDefault(name => name is not (Description or ExpiresIn)) is { } unknown)
        {
            throw Refusal.BadRequest($"additionalProperties.{unknown} is unknown; choose from {Description}, {ExpiresIn}.");
        }

        var value = GeneratedSecret.New();
        var hash = GeneratedSecret.Hash(value);
        var now = time.GetUtcNow();
        var secret = new ClientSecret
        {
            Id = ClientSecret.IdOf(hash),
            Description = DescriptionOf(wanted),
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = Lifetime(wanted) is > 0 and var seconds ? now.ToUnixTimeSeconds() + seconds : 0,
        };
        await secrets.AddAsync(credential, hash, secret);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(http, SecretResource.Of(secret, value), StatusCodes.Status201Created);
    }

    private async Task RevokeAsync(HttpContext http)
    {
        var credential = await keys.NeedWithSecretAsync(http);
        var id = (await JsonBody.ReadAsync<SecretRevocation>(http)).SecretId ?? throw Refusal.BadRequest("secretId is missing.");
        var all = await secrets.ListAsync(credential);
        if (all.Count == 1 && all[0].Id == id)
        {
            throw Refusal.BadRequest("This is the only secret of the key. Generate another one first, or remove the key.");
        }

        if (!await secrets.RevokeAsync(credential, id))
        {
            throw Refusal.NotFound(404, "secret", id);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string? DescriptionOf(IReadOnlyDictionary<string, object> wanted) =>
        wanted.GetValueOrDefault(Description)?.ToString() is not { Length: > MaxDescription } and var text
            ? text
            : throw Refusal.BadRequest($"The description has at most {MaxDescription} characters.");

    // Seconds; 0 and -1 mean that the secret does not expire.
    private static long Lifetime(IReadOnlyDictionary<string, object> wanted)
    {
        var text = wanted.GetValueOrDefault(ExpiresIn)?.ToString();
        return text is null or "" or "0" or "-1" ? 0
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 10 * Credential.MaxAccessTokenValidity
                ? seconds
                : throw Refusal.BadRequest($"{ExpiresIn} is a whole number of seconds, at most ten years.");
    }

    private sealed record SecretRequest
    {
        public IReadOnlyDictionary<string, object>? AdditionalProperties { get; init; }
    }

    private sealed record SecretRevocation
    {
        public string? SecretId { get; init; }

        public object? AdditionalProperties { get; init; }
    }

    private sealed record SecretResource(string SecretId, string? SecretValue, IReadOnlyDictionary<string, object> AdditionalProperties)
    {
        public static SecretResource Of(ClientSecret secret, string? value)
        {
            var more = new Dictionary<string, object>();
            if (secret.Description is { Length: > 0 } description)
            {
                more[Description] = description;
            }

            if (secret.ExpiresAt > 0)
            {
                more["expiresAt"] = secret.ExpiresAt;
            }

            return new SecretResource(secret.Id, value, more);
        }
    }
}
