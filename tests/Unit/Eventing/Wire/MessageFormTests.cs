using Tollgate.Eventing.Wire;
using Tollgate.Model;
using Tollgate.Model.Events;

namespace Tollgate.Unit.Eventing.Wire;

/// <summary>What was written is read again, whatever else comes is refused, and nothing is thrown.</summary>
public sealed class MessageFormTests
{
    private const int Rounds = 200_000;
    private const long Minute = 60_000;

    private static readonly UsageForm Usage = new();
    private static readonly AnnouncementForm Announcements = new();

    private readonly WireWriter _writer = new();

    public static TheoryData<string> Names =>
        ["plain", "{\"event\":{\"payloadData\":{\"isThrottled\":true}}}", "a\r\nb\0c", "Größe €😀", "\u2028'; DROP TABLE x; --", new string('k', 2_700)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AnyName_IsReadAgainAsItWas(string name)
    {
        UsageTotal[] totals =
        [
            new(name, 1_700_000_040_000, Minute, 2_500, 17, 41.25, 3), new("b", 0, 1, 0, long.MaxValue, double.MaxValue, long.MaxValue),
            new("c", Minute, 6_000, 10, 4, 1, Before: new Carryover(QuotaWindow.TokenBucket, Minute, 7, 1_700_000_040_000.5)),
        ];
        var usage = new UsageTotals(name, 15, 9, 7, 1_700_000_040_123, totals);
        var announced = new Announced(name, 1_700_000_040_000, Minute, 2_400, 5, 41.5, [new Grant(name, 3), new Grant("h", 0)])
        {
            Before = new Carryover(QuotaWindow.Sliding, Minute, 70, 0),
        };
        var announcement = new Announcement(name, 3, 77, 76, 1_700_000_040_123, 2, [new Acknowledged(name, 8, 8), new Acknowledged("h", 1, 1)], [announced]);

        var readUsage = Read(Usage, usage);
        var readAnnouncement = Read(Announcements, announcement);

        Assert.Equal(totals, readUsage.Totals);
        Assert.Equal(usage, readUsage with { Totals = totals });
        Assert.Equal(announcement.Acknowledged, readAnnouncement.Acknowledged);
        Assert.Equal(announcement, readAnnouncement with { Acknowledged = announcement.Acknowledged, Keys = announcement.Keys });
        Assert.Equal(announced.Grants, readAnnouncement.Keys[0].Grants);
        Assert.Equal(announced, readAnnouncement.Keys[0] with { Grants = announced.Grants });
    }

    [Theory]
    [InlineData(QuotaWindow.TokenBucket, 0, 0, 10, false)]
    [InlineData(QuotaWindow.TokenBucket, Minute, -1, 10, false)]
    [InlineData(QuotaWindow.TokenBucket, Minute, 0, 0, false)]
    [InlineData(QuotaWindow.Sliding, Minute, 0, 10, true)]
    [InlineData((QuotaWindow)200, Minute, 5, 10, true)]
    public void Read_OfWhatIsCarriedOver_TakesWhatCanBeReckonedWith(QuotaWindow window, long period, double fullAt, long limit, bool isValid)
    {
        Usage.Write(
            _writer, new UsageTotals("g", 0, 1, 0, 0, []), [new UsageTotal("k", 0, 60, limit, 1, 0, Before: new Carryover(window, period, 3, fullAt))]);
        var read = Usage.Read(_writer.Written.Span, out var flaw);
        Assert.Equal(isValid, read is not null);
        Assert.Equal(isValid ? "" : "with an item that cannot be", flaw);
        // A kind of window that a newer program knows is none that is carried over.
        Assert.Equal(isValid && Enum.IsDefined(window) ? 3 : 0, read?.Totals[0].Before.Previous ?? 0);
    }

    [Fact]
    public void Write_MoreThanAMessageHolds_IsSeveralOfWhichTheLastOneSaysThatAllIsThere()
    {
        UsageTotal[] items = [.. Enumerable.Range(0, 20_000).Select(number => new UsageTotal($"key-{number:d6}", Minute, Minute, 10, number, 1))];
        List<UsageTotals> read = [];

        for (var sent = 0; sent < items.Length;)
        {
            sent += Usage.Write(_writer, new UsageTotals("g", 0, Number: 6, Since: 5, 0, []), items.AsSpan(sent));
            Assert.InRange(_writer.Length, 1, MessageForm<UsageTotals, UsageTotal>.EnoughBytes + 200);
            read.Add(Usage.Read(_writer.Written.Span, out _)!);
        }

        Assert.Equal(items, read.SelectMany(message => message.Totals));
        Assert.All(read[..^1], message => Assert.Equal((5, 5), (message.Since, message.Number)));
        Assert.Equal((5, 6), (read[^1].Since, read[^1].Number));
    }

    [Fact]
    public void Following_PartsOfAnAnnouncement_HaveRisingNumbersBelowThatOfTheNextOne()
    {
        var message = new Announcement("t", 0, 4, 3, 100, 2, [new Acknowledged("g", 7, 7)], []);
        var first = Announcements.Outgoing(message);
        var second = Announcements.Following(first);

        Assert.True(first.Number < second.Number && second.Number < Announcements.Outgoing(message with { Number = 5 }).Number);
        Assert.Equal((first.Number, second.Number), (second.Since, Announcements.Following(second).Since));
        Assert.InRange(Announcements.Outgoing(message with { Number = 5, Since = 4 }).Since, first.Number, first.Number);
        Assert.Empty(second.Acknowledged);
    }

    [Fact]
    public void Write_AKeyThatIsTooLong_LeavesItOutAndKeepsTheOthers()
    {
        var read = Read(
            Usage, new UsageTotals("g", 0, 1, 0, 0, [new UsageTotal(new string('k', 20_000), 0, 1, 1, 1, 0), new UsageTotal("short", 0, 1, 1, 1, 0)]));

        Assert.Equal("short", Assert.Single(read.Totals).Key);
    }

    [Fact]
    public void Read_FieldsOfANewerProgram_ArePassedOver()
    {
        // Mark, form, kind; a head with one more field than is known; an item with one more field.
        byte[] message =
        [
            0xB7, 1, 1, 7, 1, (byte)'g', 2, 5, 6, 0, 99, 17, 1, (byte)'k', 60, 0, 5, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 42, 42,
        ];

        var read = Usage.Read(message, out var flaw);

        Assert.Equal("", flaw);
        Assert.Equal((2, 5, 6), (read!.Partition, read.Since, read.Number));
        Assert.Equal(new UsageTotal("k", 0, 60, 5, 7, 0), Assert.Single(read.Totals));
    }

    [Fact]
    public void Read_FieldsThatAnOlderProgramDidNotSend_AreZero()
    {
        byte[] message = [0xB7, 1, 1, 2, 1, (byte)'g', 4, 1, (byte)'k', 60, 9];

        Assert.Equal(new UsageTotal("k", 9, 60, 0, 0, 0), Assert.Single(Usage.Read(message, out _)!.Totals));
    }

    public static TheoryData<string, byte[]> Flawed => new()
    {
        { "empty", [] },
        { "JSON", "{\"event\":{}}"u8.ToArray() },
        { "another form", [0xB7, 9, 1, 0] },
        { "another partition", [0xB7, 1, 1, 3, 1, (byte)'g', 16] },
        { "another kind", [0xB7, 1, 2, 2, 1, (byte)'g'] },
        { "no head", [0xB7, 1, 1] },
        { "a head without a gateway", [0xB7, 1, 1, 0] },
        { "a head that is cut off", [0xB7, 1, 1, 5, 1] },
        { "an item without a key", [0xB7, 1, 1, 2, 1, (byte)'g', 3, 0, 60, 9] },
        { "an item without a window", [0xB7, 1, 1, 2, 1, (byte)'g', 2, 1, (byte)'k'] },
        { "a key that is not UTF-8", [0xB7, 1, 1, 2, 1, (byte)'g', 4, 1, 0xFF, 60, 9] },
        { "a number that does not end", [0xB7, 1, 1, 2, 1, (byte)'g', 12, 1, (byte)'k', 255, 255, 255, 255, 255, 255, 255, 255, 255, 255] },
        { "a negative total", [0xB7, 1, 1, 2, 1, (byte)'g', 15, 1, (byte)'k', 60, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1] },
        { "a demand that is no number", [0xB7, 1, 1, 2, 1, (byte)'g', 14, 1, (byte)'k', 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F] },
        { "a text longer than its part", [0xB7, 1, 1, 2, 1, (byte)'g', 2, 200, (byte)'k'] },
        { "giant", new byte[8 * 1024 * 1024] },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public void Read_WhatCannotBe_IsNoMessageAndHasAReason(string what, byte[] message)
    {
        Assert.Null(Usage.Read(message, out var flaw));
        Assert.True(flaw.Length > 0, what);
    }

    [Fact]
    public void Read_RandomAndMutatedBytes_NeverThrowsAndNeverGivesWhatCannotBe()
    {
        var random = new Random(4711);
        Usage.Write(
            _writer, new UsageTotals("gateway", 1, 2, 1, 5, []),
            [new UsageTotal("app:/pizza/1.0", Minute, Minute, 10, 3, 2.5), new UsageTotal("b", 0, 5, 1, 1, 0)]);
        var usage = _writer.Written.ToArray();
        Announcements.Write(
            _writer, new Announcement("t", 1, 2, 1, 5, 1, [new Acknowledged("g", 1, 1)], []), [new Announced("k", 0, 60, 5, 0, 1.5, [new Grant("g", 5)])]);
        var announcement = _writer.Written.ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate((round % 2 == 0 ? usage : announcement).ToArray(), random);
            foreach (var total in Usage.Read(bytes, out _)?.Totals ?? [])
            {
                Assert.True(total is { Key.Length: > 0, WindowMilliseconds: > 0, WindowStart: >= 0, Limit: >= 0, Total: >= 0, Demand: >= 0, Wanted: >= 0 });
            }

            foreach (var announced in Announcements.Read(bytes, out _)?.Keys ?? [])
            {
                Assert.True(announced is { Key.Length: > 0, WindowMilliseconds: > 0, WindowStart: >= 0, Total: >= 0, Reserved: >= 0, Demand: >= 0 });
                Assert.All(announced.Grants, grant => Assert.True(grant.Permits >= 0));
            }
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        if (random.Next(10) == 0)
        {
            random.NextBytes(bytes);
            return bytes;
        }

        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private TMessage Read<TMessage, TItem>(MessageForm<TMessage, TItem> form, TMessage message)
        where TMessage : class
    {
        TItem[] items = [.. form.ItemsOf(message)];
        Assert.Equal(items.Length, form.Write(_writer, message, items));
        var read = form.Read(_writer.Written.Span, out var flaw);
        Assert.Equal("", flaw);
        return read!;
    }
}
