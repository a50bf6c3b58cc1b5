using System.Text;
using Tollgate.Model;
using Tollgate.Publisher.Describe;

namespace Tollgate.Unit.Publisher.Describe;

/// <summary>Icons are what their bytes say.</summary>
public sealed class IconTests
{
    public static TheoryData<byte[], string> Images => new()
    {
        { [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], "image/png" },
        { [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg" },
        { "GIF89a"u8.ToArray(), "image/gif" },
        { "GIF87a"u8.ToArray(), "image/gif" },
        { "<?xml version=\"1.0\"?><!-- c --><svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "image/svg+xml" },
        { [0xEF, 0xBB, 0xBF, .. "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8], "image/svg+xml" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Check_Image_KnowsItByItsBytes(byte[] bytes, string mediaType) => Assert.Equal(mediaType, Icon.Check(bytes).MediaType);

    [Theory]
    [InlineData("")]
    [InlineData("PNG")]
    [InlineData("<svg/>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>")]
    [InlineData("<!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    public void Check_AnythingElse_IsRefused(string content) =>
        Assert.Equal(901002, Assert.Throws<Refusal>(() => Icon.Check(Encoding.UTF8.GetBytes(content))).Code);
}
