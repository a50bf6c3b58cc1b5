using Tollgate.Model.Settings;
using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Defaults that follow from a role or a database type.</summary>
public sealed class InferencesTests
{
    private const string PublishingKey = "apim.throttling.enable_data_publishing";

    [Theory]
    [InlineData("default", "true", "default")]
    [InlineData("gateway-worker", "true", "default")]
    [InlineData("traffic-manager", "false", "inferred from server.server_role")]
    [InlineData("api-store", "false", "inferred from server.server_role")]
    public void Setting_OfARole_IsInferred(string role, string value, string origin)
    {
        var configuration = Load($"server.server_role = '{role}'");

        Assert.Equal((value, origin), (Sample.Text(configuration, PublishingKey), Sample.Origin(configuration, PublishingKey)));
        Assert.Equal(value == "true", configuration.Bind<InferredSample>().Publishing);
    }

    [Fact]
    public void Setting_InFile_BeatsTheInferredOne() =>
        Assert.True(Load($"server.server_role = 'traffic-manager'\n{PublishingKey} = true").Bind<InferredSample>().Publishing);

    [Fact]
    public void Role_FromCommandLineOrPlaceholder_IsInferredFrom()
    {
        var argument = Sources("") with { CommandLine = Sample.Arguments(("profile", "traffic-manager")) };
        var placeholder = Sources("server.server_role = '$env{ROLE}'") with { Environment = Sample.Names(("ROLE", "traffic-manager")) };

        Assert.False(EffectiveConfiguration.Load(argument).Bind<InferredSample>().Publishing);
        Assert.False(EffectiveConfiguration.Load(placeholder).Bind<InferredSample>().Publishing);
    }

    [Fact]
    public void Port_OfADatabase_IsThatOfItsType()
    {
        var configuration = Load("[database.apim_db]\ntype = 'Postgre'\n[database.shared_db]\ntype = 'mysql'");
        var options = configuration.Bind<InferredSample>();

        Assert.Equal((5432, 3306), (options.ApimDb.Port, options.SharedDb.Port));
        Assert.Equal("inferred from database.apim_db.type", Sample.Origin(configuration, "database.apim_db.port"));
    }

    [Fact]
    public void Inferred_NotDeclared_IsNoSetting() =>
        Assert.DoesNotContain("indexing.enable", Load("server.server_role = 'traffic-manager'").Values.Entries.Keys);

    private static ConfigurationSources Sources(string toml) => Sample.Sources(toml, typeof(ServerSample), typeof(InferredSample));

    private static EffectiveConfiguration Load(string toml) => EffectiveConfiguration.Load(Sources(toml));

    private sealed record InferredSample
    {
        [Setting(PublishingKey, "Report counts.")]
        public bool Publishing { get; init; } = true;

        [Setting("database.apim_db", "API data.")]
        public DatabaseSample ApimDb { get; init; } = new();

        [Setting("database.shared_db", "Users.")]
        public DatabaseSample SharedDb { get; init; } = new();
    }

    private sealed record DatabaseSample
    {
        [Setting("type", "Product.")]
        public string Type { get; init; } = "sqlite";

        [Setting("port", "Port.")]
        public int Port { get; init; }
    }
}
