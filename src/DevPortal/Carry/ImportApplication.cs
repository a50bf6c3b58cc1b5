using Microsoft.AspNetCore.Http;
using Tollgate.DevPortal.Discover;
using Tollgate.DevPortal.Keys;
using Tollgate.DevPortal.Register;
using Tollgate.DevPortal.Subscribe;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Applications;

namespace Tollgate.DevPortal.Carry;

/// <summary>An API that an import could not subscribe to.</summary>
internal sealed record SkippedApi(string Name, string Version, string Description);

/// <summary>Imports an application: itself, then its subscriptions, then its keys. Whatever breaks off is completed by importing with update again.</summary>
internal sealed class ImportApplication(
    ApplicationStore applications, ApplicationRules rules, ApplicationApprovals approvals, SubscriptionStore subscriptions,
    SubscriptionRules subscriptionRules, SubscriptionApprovals subscriptionApprovals, ApiStore apis, VisibleApis visible, KeyRules keyRules,
    KeyApprovals keyApprovals, DevPortalOptions options)
{
    /// <summary>The application, its number of subscriptions, and the APIs that were skipped.</summary>
    public async Task<(Application Application, int Subscribed, IReadOnlyList<SkippedApi> Skipped)> RunAsync(
        HttpContext http, Caller caller, ArchivedApplication archived, ImportOptions how)
    {
        var application = await SaveAsync(caller, archived.ApplicationInfo, how);
        var skipped = how.SkipSubscriptions ? [] : await SubscribeAsync(http, caller, application, archived.Subscriptions, how.AnyPlan);
        // Until the application is approved it gets none; importing with update afterwards adds them.
        if (!how.SkipKeys && Application.TakesMore(application.Status))
        {
            await AddKeysAsync(caller, application, archived.Keys);
        }

        var counts = await applications.SubscriptionCountsAsync([application.Id]);
        return (application, counts.GetValueOrDefault(application.Id), skipped);
    }

    private async Task<Application> SaveAsync(Caller caller, ArchivedInfo archived, ImportOptions how)
    {
        var stored = await applications.FindByNameAsync(caller.Organization, how.Owner, archived.Name);
        if (stored is not null && !how.Update)
        {
            throw Refusal.Conflict(
                900301, "Application exists", $"'{how.Owner}' already has an application named '{archived.Name}'. Import with update=true to change it.");
        }

        var wanted = new ApplicationResource
        {
            Name = archived.Name,
            ThrottlingPolicy = archived.ThrottlingPolicy,
            Description = archived.Description,
            TokenType = archived.TokenType,
            Attributes = archived.Attributes,
        };
        var made = (stored is null ? await rules.CreateAsync(caller, wanted) : await rules.UpdateAsync(caller, stored, wanted)) with
        {
            Owner = how.Owner,
            Groups = options.ApplicationSharing ? archived.Groups : [],
        };
        return stored is null ? await approvals.CreateAsync(caller, made) : await approvals.ChangeAsync(caller, stored, made);
    }

    private async Task<IReadOnlyList<SkippedApi>> SubscribeAsync(
        HttpContext http, Caller caller, Application application, IReadOnlyList<ArchivedSubscription> wanted, bool anyPlan)
    {
        List<SkippedApi> skipped = [];
        var whose = new SubscriptionQuery(new ApplicationQuery(application.Organization, application.Owner), null, application.Id);
        var present = (await subscriptions.ListAsync(whose, new PageRequest(0, PageRequest.MaxLimit))).Items.Select(item => item.ApiId).ToHashSet();
        foreach (var one in wanted)
        {
            try
            {
                var found = await apis.FindAsync(caller.Organization, one.ApiName, one.ApiVersion)
                    ?? throw Refusal.NotFound(900308, "API", $"{one.ApiName} {one.ApiVersion}");
                var api = await visible.NeedAsync(http, found.Id);
                if (present.Add(api.Id))
                {
                    var plan = anyPlan && !api.Design.Policies.Contains(one.ThrottlingPolicy) ? api.Design.Policies.FirstOrDefault() : one.ThrottlingPolicy;
                    await subscriptionApprovals.CreateAsync(caller, [await subscriptionRules.CreateAsync(caller, api, application, plan)]);
                }
            }
            catch (Refusal refusal) when (refusal.Status < 500)
            {
                skipped.Add(new SkippedApi(one.ApiName, one.ApiVersion, refusal.Description));
            }
        }

        return skipped;
    }

    // Keys of their own: their secrets are shown to nobody, the owner regenerates them.
    private async Task AddKeysAsync(Caller caller, Application application, IReadOnlyList<ArchivedKey> wanted)
    {
        var present = (await keyApprovals.ListAsync(application)).Select(key => KeyRules.KeyTypeOf(key.KeyType)).ToHashSet();
        foreach (var one in wanted.Where(key => present.Add(KeyRules.KeyTypeOf(key.KeyType))))
        {
            var (credential, secret) = keyRules.Create(application, new KeyRequest
            {
                KeyType = one.KeyType,
                GrantTypesToBeSupported = one.SupportedGrantTypes,
                CallbackUrl = one.CallbackUrl,
                AdditionalProperties = one.AdditionalProperties,
            });
            await keyApprovals.CreateAsync(caller, application, credential, secret);
        }
    }
}
