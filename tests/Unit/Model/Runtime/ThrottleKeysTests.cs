using Tollgate.Model.Runtime;

namespace Tollgate.Unit.Model.Runtime;

/// <summary>Names of counters.</summary>
public sealed class ThrottleKeysTests
{
    [Fact]
    public void Application_AfterAReset_HasANewNameForThatUserOnly()
    {
        var resets = new Dictionary<string, long> { ["ann@o"] = 7 };

        Assert.NotEqual(ThrottleKeys.Application("a", "ann@o", null), ThrottleKeys.Application("a", "ann@o", resets));
        Assert.Equal(ThrottleKeys.Application("a", "bob@o", null), ThrottleKeys.Application("a", "bob@o", resets));
    }

    [Fact]
    public void Keys_OfDifferentThings_Differ()
    {
        var plan = ThrottleKeys.Subscription("a", ThrottleKeys.Api("/x/1", "1"), "Gold");

        Assert.Distinct([plan, ThrottleKeys.Burst(plan), ThrottleKeys.Application("a", "ann@o", null), ThrottleKeys.Api("/x/1", "1")]);
    }
}
