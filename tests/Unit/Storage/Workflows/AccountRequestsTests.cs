using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Workflows;

namespace Tollgate.Unit.Storage.Workflows;

/// <summary>Sign-ups are decided in one database and followed in the other: they never disagree for long.</summary>
public sealed class AccountRequestsTests
{
    private const string Subscriber = "Internal/subscriber";

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Decide_OppositeWaysAtOnce_TaskAndAccountAgree(string product)
    {
        var world = await Worlds.OfAsync(product);
        var (accounts, workflows) = Stores(world);
        var organization = await OrganizationAsync(world);
        for (var round = 0; round < 10; round++)
        {
            var (user, task) = await JoinAsync(world, workflows, organization, $"u{round}");
            var won = await Task.WhenAll(
                Task.Run(() => TryDecideAsync(workflows, task, approved: true)), Task.Run(() => TryDecideAsync(workflows, task, approved: false)));
            await accounts.SettleAsync();

            Assert.Single(won, success => success);
            var decided = (await workflows.FindAsync(organization, task.Id))!;
            Assert.Equal(won[0] ? WorkflowTask.Approved : WorkflowTask.Rejected, decided.Status);
            Assert.Equal(won[0] ? [Subscriber] : null, (await world.Users.FindAsync(organization, user.Id))?.Roles);
        }
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Settle_DecisionThatNoAccountFollowed_IsMadeUpForOnce(string product)
    {
        var world = await Worlds.OfAsync(product);
        var (accounts, workflows) = Stores(world);
        var organization = await OrganizationAsync(world);
        var (approved, first) = await JoinAsync(world, workflows, organization, "approved");
        var (rejected, second) = await JoinAsync(world, workflows, organization, "rejected");
        await world.Apim.WriteAsync(db => AccountRequests.NoteAsync(db, first, approved: true));
        await world.Apim.WriteAsync(db => AccountRequests.NoteAsync(db, second, approved: false));

        await accounts.SettleAsync();
        Assert.Equal([Subscriber], (await world.Users.FindAsync(organization, approved.Id))!.Roles);
        Assert.Null(await world.Users.FindAsync(organization, rejected.Id));

        // A second time, as after a crash before the note was taken away: what an administrator did since stays.
        await world.Users.UpdateRolesAsync((await world.Users.FindAsync(organization, approved.Id))! with { Roles = [] });
        await world.Apim.WriteAsync(db => AccountRequests.NoteAsync(db, first, approved: true));
        await accounts.SettleAsync();
        Assert.Empty((await world.Users.FindAsync(organization, approved.Id))!.Roles);
    }

    private static async Task<bool> TryDecideAsync(WorkflowStore workflows, WorkflowTask task, bool approved)
    {
        try
        {
            await workflows.DecideAsync(task, approved, null, "admin");
            return true;
        }
        catch (Refusal)
        {
            return false;
        }
    }

    private static async Task<(User User, WorkflowTask Task)> JoinAsync(World world, WorkflowStore workflows, string organization, string name)
    {
        var user = new User
        {
            Id = Guid.NewGuid().ToString(),
            Organization = organization,
            Name = name,
            PasswordHash = "none",
            Roles = [Role.PendingSignUp],
            RowVersion = 1,
        };
        var task = new WorkflowTask
        {
            Id = Guid.NewGuid().ToString(),
            Organization = organization,
            Type = WorkflowType.SignUp,
            Subject = user.Id,
            RequestedBy = name,
            Description = "Approve",
            Payload = ModelJson.Write((IReadOnlyList<string>)[Subscriber]),
        };
        await workflows.RequestAsync(task);
        await world.Users.CreateAsync(user);
        return (user, task);
    }

    private static async Task<string> OrganizationAsync(World world)
    {
        var organization = Guid.NewGuid().ToString("N");
        foreach (var name in (string[])[Role.PendingSignUp, Subscriber])
        {
            await world.Roles.CreateAsync(new Role { Id = Guid.NewGuid().ToString(), Organization = organization, Name = name, Scopes = [], RowVersion = 1 });
        }

        return organization;
    }

    private static (AccountRequests Accounts, WorkflowStore Workflows) Stores(World world)
    {
        var accounts = new AccountRequests(world.Apim, world.Users);
        var effects = new WorkflowEffects(
            new ApplicationRequests(world.Apim, world.Applications), new SubscriptionRequests(world.Apim, world.Subscriptions),
            new LifecycleStore(world.Apim, TimeProvider.System), world.Revisions);
        return (accounts, new WorkflowStore(world.Apim, effects, accounts, TimeProvider.System));
    }
}
