using System.Text;
using Tollgate.Gateway.Authenticate;

namespace Tollgate.Unit.Gateway.Authenticate;

/// <summary>The token stays at the gateway, other credentials go on.</summary>
public sealed class BearerValueTests
{
    [Theory]
    [InlineData("Bearer abc", "")]
    [InlineData("bearer abc", "")]
    [InlineData("Basic xyz", "Basic xyz")]
    [InlineData("Bearer abc, Basic xyz", "Basic xyz")]
    [InlineData("Basic xyz ,Bearer abc, ,Digest uvw", "Basic xyz, Digest uvw")]
    [InlineData("Bearer", "Bearer")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    public void WriteOthers_OfAValue_KeepsWhatIsNoBearerToken(string value, string others)
    {
        var buffer = new byte[value.Length * 2];
        var length = BearerValue.WriteOthers(Encoding.ASCII.GetBytes(value), buffer);
        Assert.Equal(others, Encoding.ASCII.GetString(buffer, 0, length));
    }
}
