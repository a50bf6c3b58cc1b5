using System.Diagnostics;
using Tollgate.Model;
using Tollgate.Model.Search;
using Tollgate.Storage.Apis;
using Tollgate.Storage.Search;

namespace Tollgate.Unit.Storage.Search;

/// <summary>Lists and searches among 10,000 APIs: the right ones, the true total, and by plans that cost alike wherever the page lies.</summary>
public sealed class SearchScaleTests(ManyApis many) : IClassFixture<ManyApis>
{
    // Beside other tests a quick query may be slow many times; one with a wrong plan is never quick.
    private const int MostTurns = 40;
    private const int FewestTurns = 3;

    // 200 ms are promised of a node that has the machine, which the stress suite measures. Here other tests share it, and a wrong plan takes seconds.
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(500);

    // The last page may cost what ordering all rows does, and a list of a few milliseconds differs by as much from turn to turn.
    private const int MostTimes = 3;
    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(20);

    private static readonly (string Query, int Total)[] ListQueries =
    [
        ("", 9_000),
        ("Api 00012", 9),
        ("name:\"api 000123\"", 1),
        ("tag:tag7", 990),
        ("tag:\"tag7\" version:2", 0),
        ("tag:\"tag1\" tag:\"tag3\"", 180),
        ("description:number", 9_000),
        ("context:/api000123", 1),
        ("status:publ", 9_000),
        ("provider:Admin", 9_000),
        ("content:lookup", 9_000),
        ("content:special000123", 1),
        ("owner:team3", 900),
        ("nothing:here", 0),
    ];

    private static readonly (string Query, int Total)[] FindQueries =
    [
        ("lookup", 9_000),
        ("special000123", 1),
        ("tag7", 990),
        ("tag7 number", 990),
        ("content:special00012", 9),
        ("tag:tag7", 990),
    ];

    public static TheoryData<string, string, int> ListCases => Cases(ListQueries);

    public static TheoryData<string, string, int> FindCases => Cases(FindQueries);

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    [MemberData(nameof(ListCases))]
    public async Task List_AnyQuery_IsRightAndFast(string product, string query, int total)
    {
        var store = new ApiStore(await many.OnAsync(product), TimeProvider.System);
        foreach (var page in await FastAsync(query, total, page => store.ListAsync(Query(query), page)))
        {
            Assert.Equal(total, page.Total);
            Assert.Equal(Math.Min(25, total), page.Items.Count);
        }
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    [MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_AnyOrder_IsFast(string product)
    {
        var store = new ApiStore(await many.OnAsync(product), TimeProvider.System);
        foreach (var order in (ApiOrder[])[ApiOrder.Created, ApiOrder.Updated, ApiOrder.Provider, ApiOrder.Version])
        {
            var pages = await FastAsync($"{order}", 9_000, page => store.ListAsync(Query("") with { Order = order, Descending = true }, page));
            Assert.All(pages, page => Assert.Equal(25, page.Items.Count));
        }
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    [MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task List_NewestOnly_IsFast(string product)
    {
        var store = new ApiStore(await many.OnAsync(product), TimeProvider.System);
        foreach (var (query, total) in (IEnumerable<(string, int)>)[("", 9_000), ("tag:tag7", 990), ("description:number", 9_000), ("content:lookup", 9_000)])
        {
            var pages = await FastAsync($"newest {query}", total, page => store.ListAsync(Query(query) with { NewestOnly = true }, page));
            Assert.All(pages, page => Assert.Equal(total, page.Total));
        }
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    [MemberData(nameof(FindCases))]
    public async Task Find_AnyQuery_IsRightAndFast(string product, string query, int total)
    {
        var store = new SearchStore(await many.OnAsync(product));
        var pages = await FastAsync(query, total, page => store.FindAsync(Query(query), page));
        Assert.All(pages, page => Assert.Equal(total, page.Total));
    }

    [Theory(SkipUnless = nameof(Tier.IsAll), SkipType = typeof(Tier), Skip = Tier.Large)]
    [MemberData(nameof(Products.All), MemberType = typeof(Products))]
    public async Task Tags_OfAllApis_AreCountedFast(string product)
    {
        var store = new SearchStore(await many.OnAsync(product));
        foreach (var tags in await FastAsync("tags", 100, page => store.TagsAsync(Query(""), page)))
        {
            Assert.Equal(100, tags.Total);
            Assert.Equal(25, tags.Items.Count);
            Assert.All(tags.Items, tag => Assert.Equal(90, tag.Count));
        }
    }

    private static TheoryData<string, string, int> Cases((string Query, int Total)[] queries)
    {
        var cases = new TheoryData<string, string, int>();
        foreach (var product in Products.All.Select(row => row.Data))
        {
            foreach (var (query, total) in queries)
            {
                cases.Add(product, query, total);
            }
        }

        return cases;
    }

    private static ApiQuery Query(string text) => new()
    {
        Organization = Organization.Default,
        Viewer = Viewer.Of(Viewer.Visibility, "dev", ["subscriber"], seesAll: false),
        Search = SearchQuery.Parse(text),
        States = [LifecycleState.Published, LifecycleState.Prototyped, LifecycleState.Blocked],
    };

    // First and last page turn by turn, so that what else the machine does meets both.
    private static async Task<Page<T>[]> FastAsync<T>(string what, int total, Func<PageRequest, Task<Page<T>>> list)
    {
        var (first, last) = (new PageRequest(0, 25), new PageRequest(Math.Max(0, total - 25), 25));
        var (firstBest, lastBest) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var pages = new Page<T>[2];
        for (var turn = 0; turn < FewestTurns || (turn < MostTurns && !IsFast(firstBest, lastBest)); turn++)
        {
            (pages[0], firstBest) = await TimeAsync(first, firstBest);
            (pages[1], lastBest) = await TimeAsync(last, lastBest);
        }

        var result = $"{what}: {firstBest.TotalMilliseconds:0.0} ms for the first page, {lastBest.TotalMilliseconds:0.0} ms for the last";
        TestContext.Current.TestOutputHelper?.WriteLine(result);
        Assert.True(IsFast(firstBest, lastBest), result);
        return pages;

        async Task<(Page<T> Page, TimeSpan Best)> TimeAsync(PageRequest request, TimeSpan best)
        {
            var clock = Stopwatch.StartNew();
            var page = await list(request);
            return (page, clock.Elapsed < best ? clock.Elapsed : best);
        }
    }

    private static bool IsFast(TimeSpan first, TimeSpan last) =>
        first < Allowed && last < Allowed && last < (MostTimes * first) + Allowance;
}
