using Tollgate.Publisher.Transfer;

namespace Tollgate.Unit.Publisher.Transfer;

/// <summary>Names become harmless path segments, and stay apart.</summary>
public sealed class ArchiveLayoutTests
{
    [Theory]
    [InlineData("Guide", "Guide")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("a/b:c\\d", "a_b_c_d")]
    [InlineData("..", "_")]
    [InlineData(" x. ", "x")]
    public void Segment_OfAName_IsHarmless(string name, string segment) =>
        Assert.Equal(segment, ArchiveLayout.Segment(name, new HashSet<string>()));

    [Fact]
    public void Segment_OfNamesThatBecomeTheSame_StaysApart()
    {
        var taken = new HashSet<string>();

        Assert.Equal(
            ["a_b", "2-a_b", "3-A_B"], ((string[])["a/b", "a:b", "A*B"]).Select(name => ArchiveLayout.Segment(name, taken)));
    }
}
