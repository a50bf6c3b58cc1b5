using Tollgate.Model.Runtime;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway.Authenticate;

/// <summary>Opaque access tokens: who is asked about them, how often, and what holds afterwards.</summary>
public sealed class OpaqueTokenTests
{
    private readonly Scene _scene = new("oauth2", "api_key");

    [Fact]
    public async Task Call_FiftyAtOnceWithANewToken_AskOnce()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.KeyManager.Open = open.Task;
        var token = _scene.KeyManager.Issue();
        var calls = Enumerable.Range(0, 50).Select(_ => _scene.CallToEndAsync(token)).ToList();
        open.SetResult();

        Assert.All(await Task.WhenAll(calls), Assert.Null);
        Assert.Null(await _scene.CallToEndAsync(token));
        Assert.Equal(1, _scene.KeyManager.Questions);
    }

    [Fact]
    public void Call_MadeUpTokens_AskNobody()
    {
        var genuine = _scene.KeyManager.Issue();
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal("900901", _scene.Call("Authorization", "Bearer " + GeneratedSecret.New() + "AAAAA"));
        }

        foreach (var forged in (string[])[genuine[..^1], genuine + "A", "A" + genuine[1..^1] + "-", genuine.ToUpperInvariant(), "x", GeneratedSecret.New()])
        {
            Assert.Equal("900901", _scene.Call("Authorization", "Bearer " + forged));
        }

        Assert.Equal("900901", _scene.Call("Authorization", "Bearer " + _scene.AddKey()));
        Assert.Equal("900901", _scene.Call("ApiKey", genuine));
        Assert.Equal(0, _scene.KeyManager.Questions);
    }

    [Fact]
    public async Task Call_TokenThatTheKeyManagerDoesNotKnow_IsNotAskedAboutAgainForAWhile()
    {
        var revoked = Scene.Secrets.New(OpaqueKind.AccessToken);
        Assert.Equal("900901", await _scene.CallToEndAsync(revoked));
        Assert.Equal("900901", await _scene.CallToEndAsync(revoked, Scene.Now + 59));
        Assert.Equal(1, _scene.KeyManager.Questions);
        Assert.Equal("900901", await _scene.CallToEndAsync(revoked, Scene.Now + 60));
        Assert.Equal(2, _scene.KeyManager.Questions);
    }

    [Fact]
    public async Task Call_KeyManagerAway_ServesWhatWasSeenAndRefusesTheRestUntilItIsBack()
    {
        var (seen, unseen) = (_scene.KeyManager.Issue(), _scene.KeyManager.Issue());
        Assert.Null(await _scene.CallToEndAsync(seen));
        _scene.KeyManager.IsAway = true;
        Assert.Null(await _scene.CallToEndAsync(seen));
        Assert.Equal("900900", await _scene.CallToEndAsync(unseen));
        _scene.KeyManager.IsAway = false;
        Assert.Null(await _scene.CallToEndAsync(unseen));
    }

    [Fact]
    public async Task Call_NodeTokenEnded_AsksAgainWithAFreshOne()
    {
        _scene.KeyManager.NodeToken = "ended";
        Assert.Null(await _scene.CallToEndAsync(_scene.KeyManager.Issue()));
        Assert.Equal(2, _scene.KeyManager.Questions);
    }

    [Fact]
    public async Task Call_SeenToken_EndsWithItsTimeItsRevocationItsAuthorizationOrItsUser()
    {
        var token = _scene.KeyManager.Issue(token => token with { Subject = "u@carbon.super", IsUser = true, AuthorizationId = "grant" });
        Assert.Null(await _scene.CallToEndAsync(token));
        Assert.Equal("900903", await _scene.CallToEndAsync(token, Scene.Now + 100));
        foreach (var revocation in new Revocation[]
        {
            new(RevocationKind.Token, GeneratedSecret.Hash(token), 0, Scene.Now + 100), new(RevocationKind.Authorization, "grant", 0, Scene.Now + 100),
            new(RevocationKind.User, "u@carbon.super", Scene.Now - 100, Scene.Now + 100),
        })
        {
            _scene.Apply(change => change with { Kind = RuntimeKind.Revocation, Revocation = revocation });
            Assert.Equal("900901", await _scene.CallToEndAsync(token));
            _scene.Remove(RuntimeKind.Revocation, nameof(RuntimeKind.Revocation));
            Assert.Null(await _scene.CallToEndAsync(token));
        }

        Assert.Equal(1, _scene.KeyManager.Questions);
    }
}
