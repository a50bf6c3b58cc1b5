using System.Text;
using Tollgate.Gateway;
using Tollgate.Model;

namespace Tollgate.Unit.Gateway;

/// <summary>Whose pages may do what.</summary>
public sealed class CorsRulesTests
{
    [Theory]
    [InlineData("https://shop.example", "https://shop.example", "https://shop.example")]
    [InlineData("https://shop.example", "https://SHOP.example", "https://SHOP.example")]
    [InlineData("https://shop.example", "http://shop.example", "")]
    [InlineData("https://shop.example", "https://shop.example:444", "")]
    [InlineData("https://shop.example", "https://shop.example.evil.example", "")]
    [InlineData("https://shop.example", "null", "")]
    [InlineData("https://shop.example", "", "")]
    [InlineData("https://*.shop.example", "https://a.b.shop.example", "https://a.b.shop.example")]
    [InlineData("https://*.shop.example", "https://.shop.example", "")]
    [InlineData("https://*.shop.example", "https://shop.example", "")]
    [InlineData("https://*.shop.example", "https://evil.example/.shop.example", "")]
    [InlineData("https://*.shop.example", "https://evil.example#.shop.example", "")]
    [InlineData("https://*.shop.example", "https://a@evil.shop.example", "")]
    [InlineData("*", "https://any.example", "*")]
    public void Grant_ToAnOrigin_ComparesTheWholeOfIt(string allowed, string origin, string granted) =>
        Assert.Equal(granted, Encoding.ASCII.GetString(Rules(allowed).Grant(Encoding.ASCII.GetBytes(origin), out _)));

    [Theory]
    [InlineData("https://shop.example", "https://shop.example", true)]
    [InlineData("*", "https://shop.example", false)]
    [InlineData("*,https://shop.example", "https://shop.example", true)]
    [InlineData("*,https://shop.example", "https://other.example", false)]
    public void Credentials_ForAnOriginThatOnlyStarAllows_AreNotGranted(string allowed, string origin, bool credentials)
    {
        Rules(allowed).Grant(Encoding.ASCII.GetBytes(origin), out var granted);
        Assert.Equal(credentials, granted);
    }

    [Fact]
    public void Headers_OfTheApisCredentials_AreAddedOnce()
    {
        var rules = Rules("*", ["Content-Type", "authorization"]);
        Assert.Equal("Content-Type, authorization, ApiKey", rules.Headers("x-a", "Authorization", "ApiKey"));
        Assert.Equal("x-a, x-b", Rules("*", ["*"]).Headers("x-a, x-b", "Authorization", "ApiKey"));
    }

    [Fact]
    public void Methods_ThatAnOperationTakes_AreCutToThoseAllowed() => Assert.Equal("GET, POST", Rules("*").Methods("GET, POST, DELETE"));

    private static CorsRules Rules(string origins, string[]? headers = null) => new(new CorsConfiguration
    {
        AccessControlAllowOrigins = origins.Split(','),
        AccessControlAllowMethods = ["GET", "POST"],
        AccessControlAllowHeaders = headers ?? [],
        AccessControlAllowCredentials = true,
    });
}
