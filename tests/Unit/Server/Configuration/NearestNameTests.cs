using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Guessing what was meant.</summary>
public sealed class NearestNameTests
{
    private static readonly string[] Known = ["server.hostname", "server.offset", "a.b", "apim.throttling.enable_unlimited_tier"];

    [Theory]
    [InlineData("server.hostnam", "server.hostname")]
    [InlineData("server.hsotname", "server.hostname")]
    [InlineData("Server.Hostname", "server.hostname")]
    [InlineData("servr.ofset", "server.offset")]
    [InlineData("a.c", "a.b")]
    [InlineData("apim.trottling.enable_unlimitted_teir", "apim.throttling.enable_unlimited_tier")]
    [InlineData("hostname", null)]
    [InlineData("server.port", null)]
    [InlineData("c.d", null)]
    [InlineData("", null)]
    public void Name_Misspelt_IsGuessedWhenNear(string misspelt, string? expected) =>
        Assert.Equal(expected, NearestName.Of(misspelt, Known));

    [Fact]
    public void Name_AsNearToTwo_IsTheFirstInTheAlphabet() => Assert.Equal("x.a", NearestName.Of("x.c", ["x.b", "x.a"]));
}
