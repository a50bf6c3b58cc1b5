using Tollgate.Gateway.Authenticate;

namespace Tollgate.Unit.Gateway.Authenticate;

/// <summary>The token stays at the gateway, other credentials go on.</summary>
public sealed class BearerValueTests
{
    [Theory]
    [InlineData("Bearer abc", null)]
    [InlineData("bearer abc", null)]
    [InlineData("Basic xyz", "Basic xyz")]
    [InlineData("Bearer abc, Basic xyz", "Basic xyz")]
    [InlineData("Basic xyz ,Bearer abc, ,Digest uvw", "Basic xyz, Digest uvw")]
    [InlineData("Bearer", "Bearer")]
    [InlineData("", null)]
    [InlineData(" , ", null)]
    public void Without_AValue_KeepsWhatIsNoBearerToken(string value, string? others) => Assert.Equal(others, BearerValue.Without(value));
}
