using System.Text;
using Tollgate.Gateway.Match;

namespace Tollgate.Unit.Gateway.Match;

public sealed class CanonicalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/", "/a/b/")]
    [InlineData("/%61/%7E%2d", "/a/~-")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%20/a%20", "/%20/a%20")]
    [InlineData("/%c3%a9", "/%C3%A9")]
    [InlineData("/a:b@c,d=e+f!$&'()*", "/a:b@c,d=e+f!$&'()*")]
    [InlineData("/%e0%a4%85/%f0%9f%98%80", "/%E0%A4%85/%F0%9F%98%80")]
    [InlineData("/caf%e9", "/caf%E9")]
    [InlineData("/...", "/...")]
    [InlineData("/.a/b.", "/.a/b.")]
    public void Path_ThatIsClear_HasOneSpelling(string raw, string expected) => Assert.Equal(expected, Canonical(raw));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("//a")]
    [InlineData("/a//b")]
    [InlineData("/a//")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/a/./b")]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/.%2e")]
    [InlineData("/a/..%20/b")]
    [InlineData("/a/%20%20..")]
    [InlineData("/a/.%20")]
    [InlineData("/a%2fb")]
    [InlineData("/a%5Cb")]
    [InlineData("/a\\b")]
    [InlineData("/a;b")]
    [InlineData("/a%3bb")]
    [InlineData("/a%00")]
    [InlineData("/a%0d%0a")]
    [InlineData("/a%7f")]
    [InlineData("/a%252e")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%g0")]
    [InlineData("/%c0%ae%c0%ae/b")]
    [InlineData("/a%c1%9cb")]
    [InlineData("/a%e0%80%afb")]
    [InlineData("/a%f0%80%80%afb")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    [InlineData("/a\"b")]
    [InlineData("/a<b>")]
    [InlineData("/\u00e9")]
    [InlineData("/\u0001")]
    public void Path_ThatABackendMightReadDifferently_IsRefused(string raw) => Assert.Null(Canonical(raw));

    [Fact]
    public void Path_OfAnyBytes_IsStableAndNeverLonger()
    {
        var random = new Random(7);
        const string Alphabet = "/.%25eEfF0a;\\~ :";
        for (var i = 0; i < 20_000; i++)
        {
            var raw = "/" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (Canonical(raw) is { } once)
            {
                Assert.True(once.Length <= raw.Length, raw);
                Assert.Equal(once, Canonical(once));
                Assert.DoesNotContain(once.Split('/'), segment => segment is "." or "..");
            }
        }
    }

    private static string? Canonical(string raw)
    {
        var bytes = Encoding.Latin1.GetBytes(raw);
        var canonical = new byte[bytes.Length];
        return CanonicalPath.TryWrite(bytes, canonical, out var length) ? Encoding.Latin1.GetString(canonical, 0, length) : null;
    }
}
