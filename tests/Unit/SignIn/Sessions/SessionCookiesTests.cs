using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Tollgate.Security.Secrets;
using Tollgate.SignIn.Sessions;
using Tollgate.Web.Pages;

namespace Tollgate.Unit.SignIn.Sessions;

/// <summary>How long a portal's cookie is good, and for whom.</summary>
public sealed class SessionCookiesTests
{
    private readonly Clock _clock = new();
    private readonly SessionCookies _cookies;
    private readonly MasterKey _key = new(RandomNumberGenerator.GetBytes(32));

    public SessionCookiesTests() => _cookies = new SessionCookies(_key, _clock);

    [Fact]
    public void Session_Unused_EndsAfterAnHour()
    {
        var cookie = Written(_cookies, _cookies.Begin());
        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.NotNull(Read(_cookies, cookie));
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Null(Read(_cookies, cookie));
    }

    [Fact]
    public void Session_Used_GoesOnAndEndsAfterTwelveHours()
    {
        var cookie = Written(_cookies, _cookies.Begin());
        for (var minutes = 0; minutes < 11 * 60; minutes += 30)
        {
            _clock.Now += TimeSpan.FromMinutes(30);
            var http = new DefaultHttpContext();
            _cookies.Renew(http, Portal.Developer, Read(_cookies, cookie)!);
            cookie = ValueOf(http);
        }

        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.NotNull(Read(_cookies, cookie));
        _clock.Now += TimeSpan.FromMinutes(2);
        Assert.Null(Read(_cookies, cookie));
    }

    [Fact]
    public void Session_OfAnotherNode_IsReadWithTheSameKeyOnly()
    {
        var cookie = Written(_cookies, _cookies.Begin());
        Assert.NotNull(Read(new SessionCookies(_key, _clock), cookie));
        Assert.Null(Read(new SessionCookies(new MasterKey(RandomNumberGenerator.GetBytes(32)), _clock), cookie));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 !")]
    [InlineData("AAAA")]
    public void Session_ThatIsNone_IsNotRead(string cookie) => Assert.Null(Read(_cookies, cookie));

    [Fact]
    public void FormToken_OfAnotherSession_IsNone()
    {
        var (one, other) = (_cookies.Begin(), _cookies.Begin());
        Assert.True(_cookies.IsFormToken(one, _cookies.FormToken(one)));
        Assert.False(_cookies.IsFormToken(one, _cookies.FormToken(other)));
        Assert.False(_cookies.IsFormToken(one, null));
    }

    private static string Written(SessionCookies cookies, PortalSession session)
    {
        var http = new DefaultHttpContext();
        cookies.Write(http, Portal.Developer, session);
        return ValueOf(http);
    }

    private static string ValueOf(HttpContext http) => http.Response.Headers.SetCookie.ToString().Split('=', 2)[1].Split(';')[0];

    private static PortalSession? Read(SessionCookies cookies, string cookie)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = "__Secure-tollgate-devportal=" + cookie;
        return cookies.Read(http, Portal.Developer);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
