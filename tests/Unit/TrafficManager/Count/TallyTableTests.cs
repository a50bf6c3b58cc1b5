using Tollgate.TrafficManager.Count;

namespace Tollgate.Unit.TrafficManager.Count;

/// <summary>Tallies that come and go.</summary>
public sealed class TallyTableTests
{
    private readonly TallyTable _table = new();

    [Fact]
    public void Tallies_ThatComeAndGoByChance_AreThoseOfADictionary()
    {
        var chance = new Random(11);
        var expected = new Dictionary<(string, long), Tally>();
        for (var time = 0; time < 20_000; time++)
        {
            var (key, length) = ($"key {chance.Next(1_000)}", 1_000L * chance.Next(1, 3));
            var tally = _table.Of(key, length);
            Assert.Same(expected.GetValueOrDefault((key, length), tally), tally);
            expected[(key, length)] = tally;
            if (chance.Next(3) == 0)
            {
                var place = chance.Next(_table.Count);
                Assert.True(expected.Remove((_table[place].Key.ToString(), _table[place].WindowMilliseconds)));
                _table.RemoveAt(place);
            }

            Assert.Equal(expected.Count, _table.Count);
        }

        Assert.All(expected, pair => Assert.Same(pair.Value, _table.Of(pair.Key.Item1, pair.Key.Item2)));
        Assert.Equal(expected.Count, _table.Count);
    }

    [Theory]
    [InlineData("admin@carbon.super:/orders/1.0")]
    [InlineData("ädmin:/orders/1.0")]
    [InlineData("\uD800 is half a character")]
    public void Key_OfAnyText_IsFoundAgainAndComesBackAsItWas(string key)
    {
        var tally = _table.Of(key, 1_000);
        Assert.Same(tally, _table.Of(new string(key), 1_000));
        Assert.NotSame(tally, _table.Of(key + "1", 1_000));
        Assert.NotSame(tally, _table.Of(key, 2_000));
        Assert.Equal(key, tally.Key.ToString());
        Assert.True(tally.Key.Contains(new CompactText(key[1..])));
        Assert.False(tally.Key.Contains(new CompactText(key + "1")));
    }
}
