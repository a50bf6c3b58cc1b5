using Tollgate.Model;
using Tollgate.Storage.Tokens;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class UserStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Names_IgnoreCaseAndNothingElse(string product)
    {
        var (users, organization) = ((await Worlds.OfAsync(product)).Users, NewName("org"));
        await users.CreateAsync(User(organization, "Admin"));

        Assert.Equal(409, await ApiStoreTests.OutcomeAsync(() => users.CreateAsync(User(organization, "admin"))));
        Assert.Equal("Admin", (await users.FindByNameAsync(organization, "ADMIN"))!.Name);
        // A collation of some language would take these for the same.
        await users.CreateAsync(User(organization, "Ádmin"));
        Assert.Equal("Ádmin", (await users.FindByNameAsync(organization, "ádmin"))!.Name);
        Assert.Null(await users.FindByNameAsync(organization, "adm%"));
        Assert.Null(await users.FindByNameAsync(organization, "admin' OR 'a' = 'a"));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_PartOfAName_IsTakenLiterally(string product)
    {
        var (users, organization) = ((await Worlds.OfAsync(product)).Users, NewName("org"));
        foreach (var name in (string[])["a_b", "axb", "a%b", "A!B", "a\\b"])
        {
            await users.CreateAsync(User(organization, name));
        }

        foreach (var (part, expected) in ((string, string)[])[("a_B", "a_b"), ("a%", "a%b"), ("a!", "A!B"), ("\\", "a\\b")])
        {
            var page = await users.ListAsync(organization, part, new PageRequest(0, 10));
            Assert.Equal(expected, Assert.Single(page.Items).Name);
        }
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Roles_OfAUser_AreReplacedAsAWhole(string product)
    {
        var world = await Worlds.OfAsync(product);
        var organization = NewName("org");
        await world.Roles.CreateAsync(
            new Role { Id = NewId(), Organization = organization, Name = "Writer", Scopes = ["b", "a"] },
            new Role { Id = NewId(), Organization = organization, Name = "Reader" });
        await world.Users.CreateAsync(User(organization, "ann", "WRITER"));
        var ann = (await world.Users.FindByNameAsync(organization, "ann"))!;
        Assert.Equal(["Writer"], ann.Roles);

        await world.Users.UpdateRolesAsync(ann with { Roles = ["reader", "writer"] });

        Assert.Equal(["Reader", "Writer"], (await world.Users.FindByNameAsync(organization, "ann"))!.Roles);
        Assert.Equal(["a", "b"], (await world.Roles.ScopesAsync(organization, ["writer", "reader"])).Order());
        Assert.Empty(await world.Roles.ScopesAsync(organization, []));
        Assert.Equal(412, await ApiStoreTests.OutcomeAsync(() => world.Users.UpdateRolesAsync(ann with { Roles = [] })));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Lock_AUser_EndsTheTokensIssuedSoFar(string product)
    {
        var world = await Worlds.OfAsync(product);
        var organization = NewName("org");
        await world.Users.CreateAsync(User(organization, "ann"));
        var ann = (await world.Users.FindByNameAsync(organization, "ann"))!;

        await world.Users.SetLockedAsync(ann, true);

        Assert.True(await world.Revocations.IsRevokedAsync(null, null, ann.Subject, issuedAt: 1));
        Assert.False(await world.Revocations.IsRevokedAsync(null, null, ann.Subject, issuedAt: long.MaxValue));
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Rotate_TheSameRefreshTokenTwentyTimesAtOnce_WorksAtMostOnce(string product)
    {
        var authorizations = (await Worlds.OfAsync(product)).Authorizations;
        var authorization = new Authorization { Id = NewId(), Organization = "org", ConsumerKey = "key", Subject = "ann", ExpiresAt = long.MaxValue };
        await authorizations.CreateAsync(authorization, "hash-" + authorization.Id);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(index =>
            authorizations.RotateAsync("hash-" + authorization.Id, $"next-{index}-{authorization.Id}", long.MaxValue)));

        Assert.Equal(1, outcomes.Count(outcome => outcome == RefreshOutcome.Rotated));
    }
}
