using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>The table of the original's keys.</summary>
public sealed class OriginalKeysTests
{
    [Theory]
    [InlineData("a.b", "exact")]
    [InlineData("a.c", "rest")]
    [InlineData("a", "rest")]
    [InlineData("a.c.d.e", "rest")]
    [InlineData("x.one.type", "middle")]
    [InlineData("x.one.pool.size", "pool")]
    [InlineData("x.special.pool.size", "special")]
    [InlineData("x.special.type", "special")]
    [InlineData("x.one.two.type", null)]
    [InlineData("ab", null)]
    [InlineData("a.b.c", "rest")]
    public void Key_Looked_GetsTheLongestPatternThatFits(string key, string? note) => Assert.Equal(
        note,
        new OriginalKeys("# x\n\na.b | exact\na.* | rest\nx.*.type | middle\nx.*.pool.* | pool\nx.special.* | special\n").NoteFor(key));

    [Fact]
    public void Names_AreKeysWithoutAStar()
    {
        var keys = new OriginalKeys("a.b | exact\nc.* | rest");

        Assert.Equal(["a.b"], keys.Names);
        Assert.Equal(["a", "c"], keys.Sections);
    }

    [Fact]
    public void Line_WithoutSentence_IsRefused() => Assert.Throws<FormatException>(() => new OriginalKeys("a.b"));

    [Fact]
    public void ShippedLines_AreAKeyAndASentence()
    {
        using var resource = typeof(OriginalKeys).Assembly.GetManifestResourceStream("original-keys.txt")!;
        const string KeyAndSentence = @"^[A-Za-z0-9_.*]+ \| (not needed: .+|not acted on by this version(: .+)?|the .+)\.$";
        var lines = new StreamReader(resource).ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#');

        Assert.All(lines, line => Assert.Matches(KeyAndSentence, line));
    }

    [Theory]
    [InlineData("database.apim_db.type")]
    [InlineData("database.mb.store_db.pool_options.maxActive")]
    [InlineData("apim.throttling.throttle_decision_endpoints")]
    [InlineData("apim.throttling.policy_deploy.tenant_loading.tenants")]
    [InlineData("apim.cors.enable_validation_for_ws")]
    [InlineData("apim.jwt.gateway_generator.excluded_claims")]
    [InlineData("apim.gateway.environment.virtual_host.wss_endpoint")]
    [InlineData("oauth.grant_type.token_exchange.iat_validity_period")]
    [InlineData("transport.passthru_https.sender.parameters.HostnameVerifier")]
    [InlineData("synapse_properties.synapse.global_timeout_interval")]
    [InlineData("throttle_properties.throttling.distributed.counter.type")]
    public void ShippedKeys_HaveWhatFilesInTheFieldUse(string key) => Assert.NotNull(OriginalKeys.Shipped.NoteFor(key));
}
