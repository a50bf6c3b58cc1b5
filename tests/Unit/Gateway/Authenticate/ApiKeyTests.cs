using System.Net;
using Tollgate.Gateway;
using Tollgate.Model.Runtime;
using Tollgate.Security.Jose;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway.Authenticate;

/// <summary>What the gateway makes of API keys, opaque and self-contained.</summary>
public sealed class ApiKeyTests
{
    private static readonly string[] Both = ["oauth2", "api_key"];

    private static readonly JwtClaims KeyClaims = new()
    {
        Issuer = Scene.Issuer,
        Subject = "owner@carbon.super",
        TokenId = "key-1",
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(Scene.Now - 100),
        ApplicationId = Scene.ApplicationId,
        KeyType = "PRODUCTION",
    };

    private static readonly JwtClaims TokenClaims = new()
    {
        Issuer = Scene.Issuer,
        Subject = Scene.ConsumerKey,
        TokenId = "token-1",
        AuthorizedParty = Scene.ConsumerKey,
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(Scene.Now - 100),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(Scene.Now + 100),
    };

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("apikey")]
    public void Call_OpaqueKeyInTheHeader_GoesOn(string header)
    {
        var scene = new Scene(Both);
        Assert.Null(scene.Call(header, scene.AddKey()));
    }

    [Fact]
    public void Call_OpaqueKeyInTheQuery_GoesOnAndTwoOfThemAreRefused()
    {
        var scene = new Scene("api_key");
        var key = scene.AddKey();
        Assert.Null(scene.Call(query: $"a=1&apikey={key}&b=2"));
        Assert.Equal("900901", scene.Call(query: $"apikey={key}&apikey={key}"));
    }

    [Fact]
    public void Call_SchemeThatTheApiDoesNotTake_IsMissing()
    {
        var tokensOnly = new Scene("oauth2");
        Assert.Equal("900902", tokensOnly.Call("ApiKey", tokensOnly.AddKey()));
        Assert.Equal("900902", new Scene("api_key").Call("Authorization", "Bearer " + Scene.Sign("at+jwt", TokenClaims)));
        Assert.Equal("900902", new Scene("basic_auth").Call("ApiKey", "x"));
    }

    [Fact]
    public void Call_InvalidTokenBesideAValidKey_IsRefusedForTheToken()
    {
        var scene = new Scene(Both);
        Assert.Equal("900901", scene.Call("Authorization", "Bearer nonsense", query: "apikey=" + scene.AddKey()));
        Assert.Null(scene.Call("Authorization", "Basic eHl6", query: "apikey=" + scene.AddKey(id: "second")));
    }

    [Fact]
    public void Call_MadeUpKey_IsRefusedWithoutWaiting()
    {
        var scene = new Scene(Both);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("900901", scene.Call("ApiKey", GeneratedSecret.New() + "AAAAA"));
        }
    }

    [Fact]
    public void Call_GenuineKeyNotHereYet_WaitsOnceAndNotAfterItWasDeleted()
    {
        var scene = new Scene(Both);
        Assert.Equal("suspend", scene.Call("ApiKey", Scene.Secrets.New(OpaqueKind.ApiKey)));
        var key = scene.AddKey();
        scene.Remove(RuntimeKind.ApiKey, "key");
        Assert.Equal("900901", scene.Call("ApiKey", key));
    }

    [Fact]
    public void Call_SecretOfAnotherKind_IsNoKey() =>
        Assert.Equal("900901", new Scene(Both).Call("ApiKey", Scene.Secrets.New(OpaqueKind.AccessToken)));

    [Fact]
    public void Call_RevokedOrReplacedKeyThatWasCached_IsRefused()
    {
        var scene = new Scene(Both);
        var first = scene.AddKey();
        Assert.Null(scene.Call("ApiKey", first));
        var second = scene.AddKey();
        Assert.Equal("900901", scene.Call("ApiKey", first));
        Assert.Null(scene.Call("ApiKey", second));
        scene.Remove(RuntimeKind.ApiKey, "key");
        Assert.Equal("900901", scene.Call("ApiKey", second));
    }

    [Fact]
    public void Call_ExpiredKey_IsRefused()
    {
        var scene = new Scene(Both);
        var key = scene.AddKey(key => key with { ExpiresAt = Scene.Now + 10 });
        Assert.Null(scene.Call("ApiKey", key));
        Assert.Equal("900903", scene.Call("ApiKey", key, now: Scene.Now + 10));
    }

    [Theory]
    [InlineData("192.0.2.1", null)]
    [InlineData("::ffff:192.0.2.1", null)]
    [InlineData("10.1.2.3", null)]
    [InlineData("2001:db8::5", null)]
    [InlineData("192.0.2.2", "900908")]
    [InlineData("255.255.255.255", "900908")]
    public void Call_KeyOfCertainAddresses_DecidesByTheAddressAlone(string address, string? code)
    {
        var scene = new Scene(Both);
        var key = scene.AddKey(key => key with { PermittedIp = "192.0.2.1, 10.0.0.0/8, 2001:db8::/32", PermittedReferer = "nowhere" });
        Assert.Equal(code, scene.Call("ApiKey", key, address: address));
    }

    [Fact]
    public void Call_FromNowhereKnown_IsRefusedByARestrictedKeyOnly()
    {
        var scene = new Scene(Both);
        var key = scene.AddKey(key => key with { PermittedIp = "0.0.0.0/0, ::/0" });
        Assert.Null(scene.Call("ApiKey", key));
        Assert.Equal("900908", scene.Call("ApiKey", key, address: IPAddress.None.ToString()));
        Assert.Null(scene.Call("ApiKey", scene.AddKey(id: "free"), address: IPAddress.None.ToString()));
    }

    [Fact]
    public void Call_OperationThatWantsAScopeOrAUser_RefusesKeys()
    {
        var scene = new Scene(Both);
        var key = scene.AddKey();
        Assert.Equal("900910", scene.Call("ApiKey", key, path: "/orders/1.0/scoped"));
        Assert.Equal("900905", scene.Call("ApiKey", key, path: "/orders/1.0/personal"));
    }

    [Theory]
    [InlineData("https://shop.example/cart", null)]
    [InlineData("https://evil.example/?https://shop.example/cart", "900908")]
    [InlineData("https://shop.example", "900908")]
    [InlineData("", "900908")]
    [InlineData(null, "900908")]
    public void Call_KeyOfCertainPages_ComparesTheWholeReferer(string? referer, string? code)
    {
        var scene = new Scene(Both);
        var key = scene.AddKey(key => key with { PermittedReferer = "http://a, https://shop.example/*" });
        Assert.Equal(code, scene.Call("ApiKey", key, referer: referer));
    }

    [Fact]
    public void Call_KeyOfOneApi_NeedsAnApplicationAndCallsNoOtherApi()
    {
        var scene = new Scene(Both);
        Assert.Equal("900908", scene.Call("ApiKey", scene.AddKey(key => key with { ApplicationId = null, ApiId = Scene.ApiId }, "a")));
        Assert.Equal("900908", scene.Call("ApiKey", scene.AddKey(key => key with { ApiId = "other" }, "b")));
        Assert.Null(scene.Call("ApiKey", scene.AddKey(key => key with { ApiId = Scene.ApiId }, "c")));
    }

    [Fact]
    public void Call_SelfContainedKey_GoesOnUntilItIsRevoked()
    {
        var scene = new Scene(Both);
        var key = Scene.Sign(JwtTypes.ApiKey, KeyClaims);
        Assert.Null(scene.Call("ApiKey", key));
        scene.Apply(change => change with
        {
            Kind = RuntimeKind.Revocation,
            Revocation = new Revocation(RevocationKind.Token, "key-1", 0, long.MaxValue),
        });
        Assert.Equal("900901", scene.Call("ApiKey", key));
    }

    [Fact]
    public void Call_SelfContainedKeyWithAnEnd_Ends()
    {
        var scene = new Scene(Both);
        var key = Scene.Sign(JwtTypes.ApiKey, KeyClaims with { ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(Scene.Now + 5), PermittedIp = "192.0.2.1" });
        Assert.Null(scene.Call("ApiKey", key));
        Assert.Equal("900908", scene.Call("ApiKey", key, address: "192.0.2.9"));
        Assert.Equal("900903", scene.Call("ApiKey", key, now: Scene.Now + 5));
    }

    [Fact]
    public void Call_OneTypeShownAsTheOther_IsRefusedAlsoWhenItIsCached()
    {
        var scene = new Scene(Both);
        var claims = TokenClaims with { ApplicationId = Scene.ApplicationId, KeyType = "PRODUCTION" };
        var token = Scene.Sign(JwtTypes.AccessToken, claims);
        var key = Scene.Sign(JwtTypes.ApiKey, claims);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("900901", scene.Call("ApiKey", token));
            Assert.Equal("900901", scene.Call("Authorization", "Bearer " + key));
            Assert.Null(scene.Call("Authorization", "Bearer " + token));
            Assert.Null(scene.Call("ApiKey", key));
        }

        Assert.Equal("900901", scene.Call("Authorization", "Bearer " + scene.AddKey()));
    }

    [Fact]
    public void Call_KeyUsedOften_IsNotedOnceAMinute()
    {
        var scene = new Scene(Both);
        var key = scene.AddKey();
        for (var second = 0; second < 60; second++)
        {
            Assert.Null(scene.Call("ApiKey", key, now: Scene.Now + second));
        }

        Assert.Equal(new RuntimeKeyUse(GeneratedSecret.Hash(key), Scene.Now * 1000), Assert.Single(scene.Uses.Take(10)));
        Assert.Null(scene.Call("ApiKey", key, now: Scene.Now + 60));
        Assert.Null(scene.Call("ApiKey", Scene.Sign(JwtTypes.ApiKey, KeyClaims), now: Scene.Now + 60));
        Assert.Equal([(Scene.Now + 60) * 1000, (Scene.Now + 60) * 1000], scene.Uses.Take(10).Select(use => use.UsedAt));
    }

    [Fact]
    public void Call_KnownKey_AllocatesNothing()
    {
        var scene = new Scene(Both);
        var restricted = scene.AddKey(key => key with { PermittedIp = "192.0.2.0/24" });
        var self = Scene.Sign(JwtTypes.ApiKey, KeyClaims);
        foreach (var (head, query) in new[]
        {
            (Scene.Lines("ApiKey", restricted), Array.Empty<byte>()), (Scene.Lines("ApiKey", self), []),
            (Scene.Lines(null, null), System.Text.Encoding.ASCII.GetBytes("x=1&apikey=" + restricted)),
        })
        {
            Assert.Equal(0, AllocatedBy(scene, head, query));
        }
    }

    private static long AllocatedBy(Scene scene, (byte[], HeaderLine[]) head, byte[] query)
    {
        var address = IPAddress.Parse("192.0.2.1");
        var before = 0L;
        for (var i = 0; i < 200; i++)
        {
            // The first calls fill the cache and let the runtime compile.
            if (i == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            Assert.True(scene.Run(head, query, address, Scene.Now).Step == Step.Continue);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
