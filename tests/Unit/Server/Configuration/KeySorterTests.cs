using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Keys of ours, of the original, and of nobody.</summary>
public sealed class KeySorterTests
{
    [Theory]
    [InlineData("[server]\nhostnmae = 'x'", "line 2, column 12: unknown key 'server.hostnmae'; did you mean 'server.hostname'?")]
    [InlineData("[server]\nhost_nam = 'x'", "line 2, column 12: unknown key 'server.host_nam'; did you mean 'server.host_name'?")]
    [InlineData("[apim.jwt]\nenabel = true", "line 2, column 10: unknown key 'apim.jwt.enabel'; did you mean 'apim.jwt.enable'?")]
    [InlineData("[[gates.gate]]\nnane = 'x'", "line 2, column 8: unknown key 'gates.gate.nane'; did you mean 'gates.gate.name'?")]
    [InlineData(
        "[[gates.gate]]\n[[gates.gate.door]]\nwith = 1",
        "line 3, column 8: unknown key 'gates.gate.door.with'; did you mean 'gates.gate.door.width'?")]
    [InlineData("[something]\nelse = 1", "line 2, column 8: unknown key 'something.else'")]
    [InlineData("[[something]]\nelse = 1", "line 2, column 8: unknown key 'something.else'")]
    [InlineData("server = 'x'", "line 1, column 10: unknown key 'server'")]
    [InlineData("[server.hostname]\nx = 1", "line 2, column 5: unknown key 'server.hostname.x'; did you mean 'server.hostname'?")]
    [InlineData("[[server]]\nhostname = 'x'", "line 2, column 12: 'server' is one table, not a list of tables; write [server]")]
    [InlineData("[gates.gate]\nname = 'x'", "line 2, column 8: 'gates.gate' is a list of tables; write [[gates.gate]]")]
    public void Key_ThatNobodyKnows_IsRefusedWithAHint(string toml, string complaint) =>
        Assert.Equal($"deployment.toml {complaint}", Sample.Refused(toml, typeof(ServerSample), typeof(TablesSample)));

    [Fact]
    public void Key_InVariable_IsRefusedToo() => Assert.Equal(
        "environment variable TOLLGATE_CONF_SERVER__OFSET: unknown key 'server.ofset'; did you mean 'server.offset'?",
        Sample.Refused(Sample.Sources("", typeof(ServerSample)) with { Environment = Sample.Names(("TOLLGATE_CONF_SERVER__OFSET", "1")) }));

    [Fact]
    public void KeyOfTheOriginal_NotDeclared_IsSetAsideWithItsNote()
    {
        var unused = Assert.Single(Sample.Load("[server]\nmode = 'ha'", typeof(ServerSample)).Unused);

        Assert.Equal(("server.mode", "server.mode", "ha"), (unused.Key, unused.Path, unused.Value.ToString()));
        Assert.StartsWith("not needed: ", unused.Note);
    }

    [Fact]
    public void KeyOfTheOriginal_Declared_IsOurs()
    {
        var configuration = Sample.Load("[server]\noffset = 1", typeof(ServerSample));

        Assert.Empty(configuration.Unused);
        Assert.NotNull(OriginalKeys.Shipped.NoteFor("server.offset"));
    }

    [Fact]
    public void KeysOfTheOriginal_InLists_AreSetAsideWithTheirPlace()
    {
        const string Toml = """
            [[event_listener]]
            id = "token_revocation"
            [event_listener.properties]
            'header.X-WSO2-KEY-MANAGER' = "default"
            [[apim.jwt.issuer]]
            [[apim.jwt.issuer.claim_mapping]]
            local_claim = "sub"
            """;

        Assert.Equal(
            [
                "event_listener[0].id",
                "event_listener[0].properties.header.X-WSO2-KEY-MANAGER",
                "apim.jwt.issuer[0].claim_mapping[0].local_claim",
            ],
            Sample.Load(Toml).Unused.Select(unused => unused.Path));
    }

    [Fact]
    public void EmptyTable_OfAnyName_IsNothing() => Assert.Empty(Sample.Load("[something]\n[[anything]]\n").Unused);
}
