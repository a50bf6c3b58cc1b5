using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Server.Certificates;
using Tollgate.Server.Configuration;
using Tollgate.Server.Options;

namespace Tollgate.Unit.Server.Certificates;

/// <summary>The authority for try-outs.</summary>
public sealed class TryOutAuthorityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tollgate-unit-").FullName;

    [Fact]
    public void Issue_ForANode_IsTrustedByTheAuthorityUnderEachOfItsNames()
    {
        var path = TryOutAuthority.Open(_folder, TimeProvider.System).Issue(["gw.example.com", "*.api.example.com", "10.1.2.3"]);
        var files = new CertificateFile(_folder);
        var node = files.ReadChain(new Keystore { File = path }, "keystore.tls");
        var trusted = files.ReadAll(new Keystore { File = Path.Combine(_folder, TryOutAuthority.AuthorityFile) }, "truststore");

        Assert.True(node.Leaf.HasPrivateKey);
        Assert.All((string[])["gw.example.com", "x.api.example.com", "10.1.2.3", "localhost"], name => Assert.True(node.Leaf.MatchesHostname(name)));
        Assert.False(node.Leaf.MatchesHostname("km.example.com"));
        using var chain = new X509Chain();
        Assert.True(ServerTrust.Of(trusted)(this, node.Leaf, chain, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Open_Again_AddsNodesOfTheSameAuthority()
    {
        TryOutAuthority.Open(_folder, TimeProvider.System).Issue(["one"]);
        var authority = File.ReadAllText(Path.Combine(_folder, TryOutAuthority.AuthorityFile));
        TryOutAuthority.Open(_folder, TimeProvider.System).Issue(["two"]);

        Assert.Equal(authority, File.ReadAllText(Path.Combine(_folder, TryOutAuthority.AuthorityFile)));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("")]
    public void Issue_ForWhatIsNoName_IsRefused(string name) =>
        Assert.Throws<ConfigurationException>(() => TryOutAuthority.Open(_folder, TimeProvider.System).Issue([name]));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
