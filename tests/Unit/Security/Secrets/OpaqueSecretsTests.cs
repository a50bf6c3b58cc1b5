using System.Text;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Security.Secrets;

/// <summary>What we made is told from what we did not.</summary>
public sealed class OpaqueSecretsTests
{
    private readonly OpaqueSecrets _secrets = new(new MasterKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()).Derive(OpaqueSecrets.KeyPurpose));

    [Fact]
    public void IsGenuine_OurOwn_HoldsForItsKindOnly()
    {
        var text = _secrets.New(OpaqueKind.ApiKey);
        Assert.Equal(OpaqueSecrets.TextLength, text.Length);
        Assert.True(_secrets.IsGenuine(OpaqueKind.ApiKey, text));
        Assert.False(_secrets.IsGenuine(OpaqueKind.AccessToken, text));
        Assert.NotEqual(text, _secrets.New(OpaqueKind.ApiKey));
    }

    [Fact]
    public void IsGenuine_UnderAnotherKey_DoesNotHold() =>
        Assert.False(new OpaqueSecrets(new byte[32]).IsGenuine(OpaqueKind.ApiKey, _secrets.New(OpaqueKind.ApiKey)));

    [Fact]
    public void IsGenuine_WithAnyCharacterChanged_DoesNotHold()
    {
        var text = _secrets.New(OpaqueKind.ApiKey);
        for (var i = 0; i < text.Length; i++)
        {
            var changed = new StringBuilder(text) { [i] = text[i] == 'A' ? 'B' : 'A' };
            Assert.False(_secrets.IsGenuine(OpaqueKind.ApiKey, changed.ToString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("++++++++++++++++++++++++++++++++++++++++++++++++")]
    [InlineData("äääääääääääääääääääääääääääääääääääääääääääääääää")]
    public void IsGenuine_Nonsense_DoesNotHold(string text) => Assert.False(_secrets.IsGenuine(OpaqueKind.ApiKey, text));
}
