using Tollgate.DevPortal.Keys;
using Tollgate.Model;

namespace Tollgate.Unit.DevPortal.Keys;

/// <summary>What owners choose for their tokens.</summary>
public sealed class KeyTermsTests
{
    private const string Application = "application_access_token_expiry_time";
    private const string User = "user_access_token_expiry_time";

    [Theory]
    [InlineData("", 0)]
    [InlineData("N/A", 0)]
    [InlineData("1", 1)]
    [InlineData("3600", 3600)]
    [InlineData("-1", Credential.MaxAccessTokenValidity)]
    public void Seconds_WrittenAsInTheField_AreRead(string text, long seconds) => Assert.Equal(seconds, KeyTerms.Seconds("x", text));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("1.5")]
    [InlineData("+5")]
    [InlineData("31536001")]
    [InlineData("for ever")]
    public void Seconds_ThatAreNone_AreRefused(string text) => Assert.Equal(400, Assert.Throws<Refusal>(() => KeyTerms.Seconds("x", text)).Status);

    [Fact]
    public void Apply_SomeProperties_LeavesTheOthers()
    {
        var stored = Key() with { AccessTokenValidity = 10, Terms = new TokenTerms { UserTokenValidity = 20, PkceMandatory = true } };

        var changed = KeyTerms.Apply(stored, new Dictionary<string, object> { [User] = "30", ["refresh_token_expiry_time"] = 40 });

        Assert.Equal((10, 30, 40), (changed.AccessTokenValidity, changed.Terms.UserTokenValidity, changed.Terms.RefreshTokenValidity));
        Assert.True(changed.Terms.PkceMandatory);
    }

    [Fact]
    public void Apply_UnknownProperty_IsRefusedByName() => Assert.Contains(
        "colour", Assert.Throws<Refusal>(() => KeyTerms.Apply(Key(), new Dictionary<string, object> { ["colour"] = "red" })).Description);

    [Fact]
    public void Of_WhatItShows_CanBeAppliedAgain()
    {
        var key = Key() with { AccessTokenValidity = 5, Terms = new TokenTerms { UserTokenValidity = 0, PkceSupportPlain = true } };

        Assert.Equal(key, KeyTerms.Apply(key, KeyTerms.Of(key)));
        Assert.Equal("N/A", KeyTerms.Of(key)[User]);
        Assert.Equal(5L, KeyTerms.Of(key)[Application]);
    }

    [Fact]
    public void Of_KeyFromBeforeUsersHadATimeOfTheirOwn_ShowsTheOneForAll() => Assert.Equal(5L, KeyTerms.Of(Key() with { AccessTokenValidity = 5 })[User]);

    [Theory]
    [InlineData("authorization_code")]
    [InlineData("implicit")]
    public void Grants_ThatEndAtACallback_NeedOne(string grant)
    {
        Assert.Equal(400, Assert.Throws<Refusal>(() => KeyGrants.Checked([grant], null)).Status);
        Assert.Equal([grant], KeyGrants.Checked([grant, grant], "https://client.example"));
    }

    [Theory]
    [InlineData("ftp://client.example")]
    [InlineData("/relative")]
    [InlineData("https://client.example/#part")]
    [InlineData("javascript:alert(1)")]
    public void Callback_ThatIsNone_IsRefused(string url) => Assert.Throws<Refusal>(() => KeyGrants.CheckedCallback(url));

    private static Credential Key() => new() { ConsumerKey = "k", KeyMappingId = "m", ApplicationId = "a", Organization = "o", SecretHash = "h" };
}
