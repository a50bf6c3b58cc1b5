using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Keys;
using Tollgate.Model;
using Tollgate.Security.Secrets;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Subscribe;

/// <summary>What a developer needs to call an API that he just subscribed to: production keys, a token, and the command to paste.</summary>
internal sealed class FirstCall(
    CredentialStore credentials, ClientSecretStore secrets, KeyRules rules, KeyApprovals approvals, KeyManagerConnection keyManager, ApiStore apis,
    RevisionStore revisions, CataloguePages catalogue, TimeProvider time)
{
    public async Task<SubscribedModel> PrepareAsync(Caller caller, Api api, Application application, Subscription subscription, CancellationToken aborted)
    {
        var model = new SubscribedModel(api, application, subscription.Plan);
        if (application.Status != Application.Approved || subscription.State == SubscriptionState.OnHold)
        {
            return model with { Waiting = "The request was sent. An administrator decides about it; keys can be made on the application's page after that." };
        }

        if (await KeysAsync(caller, application) is not { } keys)
        {
            return model with { Waiting = "You are subscribed. The keys wait for an administrator's approval." };
        }

        var token = await keyManager.TokenAsync(keys.Key, keys.Secret, [new("grant_type", "client_credentials")], aborted);
        var text = token.GetProperty("access_token").GetString()!;
        return model with { ConsumerKey = keys.Key, ConsumerSecret = keys.Secret, Token = text, Command = await CommandAsync(api, text) };
    }

    // An application that has keys gets a further secret, so that its other clients go on with theirs.
    private async Task<(string Key, string Secret)?> KeysAsync(Caller caller, Application application)
    {
        var present = (await credentials.ListAsync(application.Id)).FirstOrDefault(credential => credential.KeyType == KeyType.Production);
        if (present is null)
        {
            var (credential, secret) = rules.Create(
                application, new KeyRequest { KeyType = EnumText<KeyType>.Of(KeyType.Production), GrantTypesToBeSupported = KeyGrants.Offered });
            var given = await approvals.CreateAsync(caller, application, credential, secret);
            return given.ConsumerKey is { } key ? (key, secret) : null;
        }

        var value = GeneratedSecret.New();
        var hash = GeneratedSecret.Hash(value);
        await secrets.AddAsync(present, hash, new ClientSecret
        {
            Id = ClientSecret.IdOf(hash),
            Description = "Made in the developer portal",
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        return (present.ConsumerKey, value);
    }

    // The first operation that a GET without parameters reaches; else the address alone.
    private async Task<string?> CommandAsync(Api api, string token)
    {
        var places = (await revisions.DeploymentsAsync(api.Id)).Where(place => place.DisplayOnDevportal).ToList();
        if (await catalogue.AddressesAsync(api, places) is not [var address, ..])
        {
            return null;
        }

        var operations = (await apis.ContentAsync(api.Id)).Operations;
        var path = operations.FirstOrDefault(one => one.Verb == "GET" && one.Target.IndexOfAny(['{', '*']) < 0)?.Target
            ?? (operations.Any(one => one.Verb == "GET" && one.Target == "/*") ? "/" : "");
        // -k: a first start has a certificate of its own making.
        return $"curl -k -H 'Authorization: Bearer {token}' '{address.Url}{path}'";
    }
}
