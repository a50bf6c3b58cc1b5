using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Storage.Applications;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class ApplicationStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_NameInOtherCase_IsRefusedForTheSameOwnerOnly(string product)
    {
        var (applications, organization) = ((await Worlds.OfAsync(product)).Applications, NewName("org"));
        await applications.CreateAsync(Application(organization, "Mobile"));

        var refusal = await Assert.ThrowsAsync<Refusal>(() => applications.CreateAsync(Application(organization, "MOBILE")));

        Assert.Equal(409, refusal.Status);
        await applications.CreateAsync(Application(organization, "MOBILE", "bob"));
        var found = await applications.ListAsync(new ApplicationQuery(organization, "ann") { Name = "mobile" }, new PageRequest(0, 10));
        Assert.Equal("Mobile", Assert.Single(found.Items).Name);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_FiftyAtOnce_MakesOne(string product)
    {
        var (applications, organization) = ((await Worlds.OfAsync(product)).Applications, NewName("org"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ApiStoreTests.OutcomeAsync(
            () => applications.CreateAsync(Application(organization, "Rush")))));

        Assert.Equal(1, outcomes.Count(status => status == 0));
        Assert.Equal(1, (await applications.ListAsync(new ApplicationQuery(organization, "ann"), new PageRequest(0, 10))).Total);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Delete_WithSubscriptionsAndKeys_BuriesAllOfThem(string product)
    {
        using var world = await World.CreateAsync(product);
        var (api, application) = (Api("org", "Used"), Application("org", "Going"));
        await world.Apis.CreateAsync(api, Content());
        await world.Applications.CreateAsync(application);
        var subscription = Subscription(api, application);
        await world.Subscriptions.CreateAsync(subscription);
        await world.Credentials.CreateAsync(new Credential
        {
            ConsumerKey = "key",
            KeyMappingId = "mapping",
            ApplicationId = application.Id,
            Organization = "org",
            SecretHash = "hash",
        });
        var before = await world.Apim.CursorAsync();

        await world.Applications.DeleteAsync((await world.Applications.FindAsync("org", application.Id))!);

        var gone = (await FeedTests.ReadAsync(world, before)).Select(change => (change.Kind, change.Id)).ToHashSet();
        Assert.Contains((RuntimeKind.Application, application.Id), gone);
        Assert.Contains((RuntimeKind.Subscription, subscription.Id), gone);
        Assert.Contains((RuntimeKind.Credential, "key"), gone);
        Assert.Null(await world.Credentials.FindAsync("key"));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Subscribe_FiftyAtOnce_MakesOne(string product)
    {
        var world = await Worlds.OfAsync(product);
        var organization = NewName("org");
        var (api, application) = (Api(organization, "Wanted"), Application(organization, "Eager"));
        await world.Apis.CreateAsync(api, Content());
        await world.Applications.CreateAsync(application);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ApiStoreTests.OutcomeAsync(
            () => world.Subscriptions.CreateAsync(Subscription(api, application)))));

        Assert.Equal(1, outcomes.Count(status => status == 0));
        var list = await world.Subscriptions.ListAsync(new SubscriptionQuery(new ApplicationQuery(organization, "ann"), api.Id, null), new PageRequest(0, 10));
        Assert.Equal(1, list.Total);
    }
}
