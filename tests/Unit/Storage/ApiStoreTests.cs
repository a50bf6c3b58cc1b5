using Tollgate.Model;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Search;
using static Tollgate.Unit.Storage.Rows;

namespace Tollgate.Unit.Storage;

public sealed class ApiStoreTests
{
    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_NameInOtherCase_IsRefused(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));
        await apis.CreateAsync(Api(organization, "Petstore"), Content());

        // As a new version it would make one API with two names.
        foreach (var (version, context) in ((string, string)[])[("1.0.0", "/other"), ("2.0.0", "/petstore"), ("2.0.0", "/other")])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => apis.CreateAsync(Api(organization, "PETSTORE", version, context), Content()));
            Assert.Equal((409, 900250), (refusal.Status, refusal.Code));
        }

        await apis.CreateAsync(Api(organization, "Petstore", "2.0.0", "/petstore"), Content());
        await apis.CreateAsync(Api(NewName("org"), "PETSTORE", context: "/petstore"), Content());
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_FiftyAtOnce_MakesOne(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OutcomeAsync(
            () => apis.CreateAsync(Api(organization, "Rush"), Content()))));

        Assert.Equal(1, outcomes.Count(status => status == 0));
        Assert.All(outcomes, status => Assert.Contains(status, (int[])[0, 409, 503]));
        Assert.Equal(1, (await apis.ListAsync(new ApiQuery { Organization = organization, Viewer = Viewer.Everything }, new PageRequest(0, 10))).Total);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Update_RowReadBeforeAnotherWriter_IsStaleAndLosesNothing(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));
        var api = Api(organization, "Shared");
        await apis.CreateAsync(api, Content());
        var read = (await apis.FindAsync(organization, api.Id))!;
        await apis.UpdateAsync(read with { Design = read.Design with { Description = "first" } }, Content());

        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => apis.UpdateAsync(read with { Design = read.Design with { Description = "second" } }, Content("""{"lost":1}""")));

        Assert.Equal(412, refusal.Status);
        Assert.Equal("first", (await apis.FindAsync(organization, api.Id))!.Design.Description);
        Assert.Equal("{}", (await apis.ContentAsync(api.Id)).Definition);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_Pages_HaveOneOrderAndTheTrueTotal(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));
        // By code point, small letters: what a collation of some language would order otherwise.
        string[] names = ["Zebra", "apple", "Österreich", "_private", "apple pie", "applE-2", "😀smile", "éclair", "e", "Z"];
        foreach (var (index, name) in names.Index())
        {
            await apis.CreateAsync(Api(organization, name, context: $"/c{index}"), Content());
        }

        List<string> read = [];
        for (var offset = 0; offset < names.Length; offset += 3)
        {
            var page = await apis.ListAsync(new ApiQuery { Organization = organization, Viewer = Viewer.Everything }, new PageRequest(offset, 3));
            Assert.Equal(names.Length, page.Total);
            read.AddRange(page.Items.Select(api => api.Name));
        }

        Assert.Equal(["_private", "apple", "apple pie", "applE-2", "e", "Z", "Zebra", "éclair", "Österreich", "😀smile"], read);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Create_LongTextsAndEmoji_ReadBackAsWritten(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));
        var description = string.Concat(Enumerable.Repeat("Grüße, 世界 😀 'quoted' \\back\\ \"double\" %_ \r\n\t", 4000));
        // Random text does not shrink: a packet of some megabytes.
        var random = new Random(20261125);
        var definition = $"{{\"x-random\":\"{Convert.ToBase64String(Enumerable.Range(0, 3_000_000).Select(_ => (byte)random.Next(256)).ToArray())}\"}}";
        var api = Api(organization, "Grüße 😀", context: "/grüße", design: new ApiDesign { Description = description });

        await apis.CreateAsync(api, Content(definition));

        var read = (await apis.FindAsync(organization, api.Id))!;
        Assert.Equal("Grüße 😀", read.Name);
        Assert.Equal(description, read.Design.Description);
        Assert.Equal(definition, (await apis.ContentAsync(api.Id)).Definition);
    }

    [Theory, MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Find_ManyAndNone_ReturnsThoseThereAre(string product)
    {
        var (apis, organization) = ((await Worlds.OfAsync(product)).Apis, NewName("org"));
        var (first, second) = (Api(organization, "First"), Api(organization, "Second"));
        await apis.CreateAsync(first, Content());
        await apis.CreateAsync(second, Content());

        Assert.Equivalent((string[])[first.Id, second.Id], (await apis.FindAsync([first.Id, second.Id, "missing"])).Keys, strict: true);
        Assert.Empty(await apis.FindAsync([]));
    }

    /// <summary>0 when it worked, else the status of the refusal.</summary>
    internal static async Task<int> OutcomeAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Refusal refusal)
        {
            return refusal.Status;
        }
    }
}
