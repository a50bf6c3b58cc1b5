using Tollgate.Model;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class RevisionStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_ManyAtOnce_NumbersEachOnce(string product)
    {
        var world = await Worlds.OfAsync(product);
        var api = Api(NewName("org"), "Racing");
        await world.Apis.CreateAsync(api, Content());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => ApiStoreTests.OutcomeAsync(
            () => world.Revisions.CreateAsync(api, $"attempt {index}", 100, "admin"))));

        var numbers = (await world.Revisions.ListAsync(api.Id)).Select(revision => revision.Number).ToList();
        Assert.Equal(outcomes.Count(status => status == 0), numbers.Count);
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.All(outcomes, status => Assert.Contains(status, (int[])[0, 503]));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task DeleteAndDeploy_AtOnce_LeaveNoDeploymentOfNothing(string product)
    {
        var world = await Worlds.OfAsync(product);
        var api = Api(NewName("org"), "Contested");
        await world.Apis.CreateAsync(api, Content());
        for (var round = 0; round < 10; round++)
        {
            var revision = await world.Revisions.CreateAsync(api, null, 100, "admin");
            var deployment = new Deployment { ApiId = api.Id, RevisionId = revision.Id, Environment = "Default", VirtualHost = "localhost" };

            await Task.WhenAll(
                ApiStoreTests.OutcomeAsync(() => world.Revisions.DeleteAsync(revision, "admin")),
                ApiStoreTests.OutcomeAsync(() => world.Revisions.DeployAsync([deployment], "admin")));

            var known = (await world.Revisions.ListAsync(api.Id)).Select(left => left.Id).ToHashSet();
            Assert.All(await world.Revisions.DeploymentsAsync(api.Id), placed => Assert.Contains(placed.RevisionId, known));
        }
    }
}
