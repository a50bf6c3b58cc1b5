using System.Runtime.CompilerServices;
using System.Text;
using Tollgate.Eventing;
using Tollgate.Model.Events;
using Tollgate.TrafficManager.Announce;
using Tollgate.TrafficManager.Count;

namespace Tollgate.Unit.TrafficManager;

/// <summary>What several traffic managers answer, put together.</summary>
public sealed class AllCountersTests
{
    [Fact]
    public async Task Answers_OfTwoThatShareThePartitions_AreListedByKey()
    {
        var answer = await AskAsync(
            Found("[0,1,2,3,4,5,6,7]", Counter("b", 0, ("one", 3))), Found("[8,9,10,11,12,13,14,15]", Counter("a", 0, ("one", 2))), "never read");
        Assert.Equal(["a", "b"], answer.Counters!.Select(counter => counter.Key));
    }

    [Fact]
    public async Task Answers_OfTwoThatCountTheSame_HoldTheLargerTotalOfEachGatewayAndTheLaterWindow()
    {
        var answer = await AskAsync(
            Found("[0]", Counter("key", 0, ("one", 3), ("two", 5)) + "," + Counter("other", 1_000, ("one", 1))),
            Found("[0]", Counter("key", 0, ("one", 4), ("three", 1)) + "," + Counter("other", 0, ("one", 9))));
        Assert.Equal([10, 1], answer.Counters!.Select(counter => counter.Total));
        Assert.Equal(
            [new CountedShare("one", 4), new CountedShare("two", 5), new CountedShare("three", 1)], answer.Counters![0].Gateways);
    }

    [Theory]
    [InlineData("\"no answer\"")]
    [InlineData("null")]
    [InlineData("{\"Found\":{\"Partitions\":null,\"Counters\":[]}}")]
    [InlineData("{\"Found\":{\"Partitions\":[1],\"Counters\":[null]}}")]
    [InlineData("{\"Found\":{\"Partitions\":[1],\"Counters\":[{\"Key\":\"key\",\"Gateways\":[null]}]}}")]
    [InlineData("{\"Found\":{\"Partitions\":[1],\"Counters\":[{\"Key\":\"key\"}]}}")]
    [InlineData("{\"Found\":{\"Partitions\":[1],\"Counters\":[{\"Key\":\"key\",\"WindowMilliseconds\":9223372036854775807,\"Gateways\":[]}]}}")]
    [InlineData("{\"Found\":{\"Partitions\":[1],\"Counters\":[{\"Key\":\"key\",\"WindowMilliseconds\":1,\"Demand\":1e999,\"Gateways\":[]}]}}")]
    public async Task Answer_ThatIsNone_IsPassedOver(string malformed)
    {
        Assert.False((await AskAsync(malformed)).IsAnswered);
        var answer = await AskAsync(malformed, Found("[0]", Counter("key", 0, ("one", 3))));
        Assert.Equal("key", Assert.Single(answer.Counters!).Key);
    }

    [Fact]
    public async Task Answer_OfMoreThanOneMayList_SaysSo()
    {
        var answer = await AskAsync("{\"Found\":null}");
        Assert.True(answer.IsAnswered);
        Assert.Null(answer.Counters);
    }

    [Fact]
    public async Task Answer_ToAnotherNode_IsReadByIt()
    {
        var (asked, questions) = (new Answering(), new CounterQuestions());
        AllCounters.Answer(asked, questions);
        var answering = asked.Answers!("key", CancellationToken.None);
        var book = new TallyBook("manager", 3, new SharedClock(TimeProvider.System));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        book.Merge(new UsageTotals("one", 3, 1, 0, now, [new UsageTotal("key", now - (now % 60_000), 60_000, 10, 7, 0.5)]));
        questions.Answer([book]);

        var answer = await AskAsync(Encoding.UTF8.GetString((await answering)!));
        var counted = Assert.Single(answer.Counters!);
        Assert.Equal(("key", 7, 10, new CountedShare("one", 7)), (counted.Key, counted.Total, counted.Limit, counted.Gateways.Single()));
    }

    [Fact]
    public async Task Ask_WhereNobodyAnswers_SaysThatNobodyDid() => Assert.False((await AskAsync()).IsAnswered);

    private static Task<CountersAnswer> AskAsync(params string[] answers) =>
        new AllCounters(new Answering(answers), null, TimeProvider.System).AskAsync("", CancellationToken.None);

    private static string Found(string partitions, string counters) => $"{{\"Found\":{{\"Partitions\":{partitions},\"Counters\":[{counters}]}}}}";

    private static string Counter(string key, long start, params (string Gateway, long Total)[] shares) =>
        $"{{\"Key\":\"{key}\",\"WindowStart\":{start},\"WindowMilliseconds\":1000,\"Limit\":100,\"Total\":{shares.Sum(share => share.Total)},"
        + $"\"Gateways\":[{string.Join(',', shares.Select(share => $"{{\"Gateway\":\"{share.Gateway}\",\"Total\":{share.Total}}}"))}]}}";

    /// <summary>Others that are reached, and answer this.</summary>
    private sealed class Answering(params string[] answers) : Bus
    {
        public override Topic<UsageTotals> Usage => throw new NotSupportedException();

        public override Topic<Announcement> Announcements => throw new NotSupportedException();

        public override bool IsShared => true;

        public override async IAsyncEnumerable<byte[]> AskAsync(string question, [EnumeratorCancellation] CancellationToken patience)
        {
            foreach (var answer in answers)
            {
                yield return await Task.FromResult(Encoding.UTF8.GetBytes(answer));
            }
        }
    }
}
