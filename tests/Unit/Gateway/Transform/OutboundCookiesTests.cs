using System.Text;
using Tollgate.Gateway.Transform;

namespace Tollgate.Unit.Gateway.Transform;

public sealed class OutboundCookiesTests
{
    [Theory]
    [InlineData("a=1; b=2", false, "a=1; b=2")]
    [InlineData("__Secure-tollgate-publisher=x", true, "")]
    [InlineData("a=1; __Secure-tollgate-publisher=x; b=\"__Secure-tollgate-\"", true, "a=1; b=\"__Secure-tollgate-\"")]
    [InlineData("a=1;__secure-TOLLGATE-admin=x;b=2", true, "a=1; b=2")]
    [InlineData("x__Secure-tollgate-a=1", false, "x__Secure-tollgate-a=1")]
    [InlineData(" \t__Secure-tollgate-a=1;;", true, "")]
    public void Cookies_OfThePortals_StayHere(string cookies, bool has, string others)
    {
        var bytes = Encoding.ASCII.GetBytes(cookies);
        var to = new byte[2 * bytes.Length];
        Assert.Equal(has, OutboundCookies.HasPortalCookie(bytes));
        Assert.Equal(others, Encoding.ASCII.GetString(to, 0, OutboundCookies.WriteOthers(bytes, to)));
    }
}
