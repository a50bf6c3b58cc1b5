using System.Text;
using Tollgate.Gateway.Authenticate;

namespace Tollgate.Unit.Gateway.Authenticate;

/// <summary>The key stays here, every other byte of the query goes on.</summary>
public sealed class QueryKeyTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("apikey=x", null)]
    [InlineData("apikey", null)]
    [InlineData("apikey=x&b=%2f%2F+&&c", "b=%2f%2F+&&c")]
    [InlineData("a=1&apikey=x&b=2&apikey=y", "a=1&b=2")]
    [InlineData("a=apikey&myapikey=1&APIKEY=2&apikeys=3", "a=apikey&myapikey=1&APIKEY=2&apikeys=3")]
    public void WriteOthers_OfAQuery_KeepsEveryOtherByte(string query, string? others)
    {
        var buffer = new byte[query.Length];
        var isLeft = QueryKey.TryWriteOthers(Encoding.ASCII.GetBytes(query), QueryKey.ApiKey, buffer, out var length);
        Assert.Equal(others, isLeft ? Encoding.ASCII.GetString(buffer, 0, length) : null);
    }

    [Theory]
    [InlineData("access_token=x", null)]
    [InlineData("a=1&access_token=x&b=2", "a=1&b=2")]
    [InlineData("access_token=x&a=access_token&access_tokens=1", "a=access_token&access_tokens=1")]
    [InlineData("a&access_token&b", "a&b")]
    public void WriteOthers_OverTheQueryItself_IsTheSame(string query, string? others)
    {
        var buffer = Encoding.ASCII.GetBytes(query);
        var isLeft = QueryKey.TryWriteOthers(buffer, QueryKey.AccessToken, buffer, out var length);
        Assert.Equal(others, isLeft ? Encoding.ASCII.GetString(buffer, 0, length) : null);
    }

    [Theory]
    [InlineData("apikey=x", "x", false)]
    [InlineData("a=1&apikey=&b", "", false)]
    [InlineData("apikey=x&apikey=x", "x", true)]
    [InlineData("apikey", null, false)]
    [InlineData("xapikey=1", null, false)]
    [InlineData("", null, false)]
    public void TryFind_AQuery_FindsTheKey(string query, string? key, bool repeated)
    {
        var found = QueryKey.TryFind(Encoding.ASCII.GetBytes(query), QueryKey.ApiKey, out var bytes, out var twice);
        Assert.Equal((key is not null, key ?? "", repeated), (found, Encoding.ASCII.GetString(bytes), twice));
    }
}
