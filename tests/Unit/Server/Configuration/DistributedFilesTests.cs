using Tollgate.Gateway;
using Tollgate.Model.Settings;
using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Files as a distributed installation of the original has them, one for each of its five roles.</summary>
public sealed class DistributedFilesTests
{
    private const string Common = """
        [user_store]
        type = "database"

        [super_admin]
        username = "root"
        password = "hidden"
        create_admin_account = true

        [database.shared_db]
        type = "mysql"
        hostname = "database.example"
        name = "users"
        port = "3307"
        username = "tollgate"
        password = "hidden"

        [keystore.tls]
        file_name =  "node.jks"
        type =  "JKS"
        password =  "hidden"
        alias =  "node"
        key_password =  "hidden"

        [truststore]
        file_name = "trusted.jks"
        type = "JKS"
        password = "hidden"

        """;

    private const string ApiDatabase = """
        [database.apim_db]
        type = "mysql"
        url = "jdbc:mysql://database.example:3307/apis?useSSL=false&amp;autoReconnect=true"
        username = "tollgate"
        password = "hidden"
        driver = "com.mysql.cj.jdbc.Driver"
        validationQuery = "SELECT 1"
        [database.apim_db.pool_options]
        maxActive = "50"
        testOnBorrow = true

        """;

    private const string GatewayAndCounters = """
        [[apim.gateway.environment]]
        name= "Europe"
        type= "hybrid"
        display_in_api_console= true
        description= "Production and sandbox"
        service_url= "https://gateway.example:${mgt.transport.https.port}/services/"
        username= "${admin.username}"
        password= "${admin.password}"
        ws_endpoint= "ws://gateway.example:9099"
        wss_endpoint = "wss://gateway.example:8099"
        http_endpoint = "http://gateway.example:${http.nio.port}"
        https_endpoint = "https://gateway.example:${https.nio.port}"
        show_as_token_endpoint_url = true

        [apim.throttling]
        service_url = "https://counters.example:${mgt.transport.https.port}/services/"
        throttle_decision_endpoints = ["tcp://counters-1.example:5672","tcp://counters-2.example:5672"]
        username= "$ref{super_admin.username}"
        password= "$ref{super_admin.password}"

        [[apim.throttling.url_group]]
        traffic_manager_urls=["tcp://counters-1.example:9611"]
        traffic_manager_auth_urls=["ssl://counters-1.example:9711"]
        type = "loadbalance"

        [[apim.throttling.url_group]]
        traffic_manager_urls=["tcp://counters-2.example:9611"]
        traffic_manager_auth_urls=["ssl://counters-2.example:9711"]

        """;

    private const string KeyManagerClient = """
        [apim.key_manager]
        service_url = "https://keys.example:9443/services/"
        username = "$ref{super_admin.username}"
        password = "$ref{super_admin.password}"

        [apim.oauth_config]
        revoke_endpoint = "https://gateway.example:${https.nio.port}/revoke"

        [apim.devportal]
        url = "https://portal.example:${mgt.transport.https.port}/devportal"

        """;

    private const string Cors = """
        [apim.cors]
        allow_origins = "*"
        allow_methods = ["GET","POST"]
        allow_headers = ["authorization","Content-Type"]
        allow_credentials = false

        """;

    private const string RevocationListener = """
        [[event_listener]]
        id = "token_revocation"
        type = "org.wso2.carbon.identity.core.handler.AbstractIdentityHandler"
        name = "org.wso2.is.notification.ApimOauthEventInterceptor"
        order = 1
        [event_listener.properties]
        notification_endpoint = "https://localhost:${mgt.transport.https.port}/internal/data/v1/notify"
        username = "${admin.username}"
        password = "${admin.password}"
        'header.X-WSO2-KEY-MANAGER' = "default"

        """;

    public static TheoryData<string, int, string> Files => new()
    {
        { "api-key-manager", 0, ApiDatabase + GatewayAndCounters + RevocationListener },
        { "traffic-manager", 3, "" },
        { "api-publisher", 1, ApiDatabase + GatewayAndCounters + KeyManagerClient },
        { "api-store", 2, ApiDatabase + GatewayAndCounters + KeyManagerClient },
        { "gateway-worker", 4, GatewayAndCounters + KeyManagerClient + Cors },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfARole_LoadsAndKeepsItsSecrets(string role, int offset, string rest)
    {
        var configuration = Load(role, offset, rest);
        var server = configuration.Bind<ServerSample>();

        Assert.Equal(
            new ServerSample { Role = role, Offset = offset, HostName = $"{role}.example", AdminName = "root", AdminPassword = "hidden" },
            server);
        Assert.All(configuration.Unused, unused => Assert.EndsWith(".", unused.Note));
        Assert.DoesNotContain("hidden", string.Join('\n', ConfigurationReport.Of(configuration).Lines()));
    }

    [Fact]
    public void GatewayEnvironments_OfAFile_AreBoundWithTheirPorts()
    {
        var environment = Load("api-publisher", 1, GatewayAndCounters).Bind<EnvironmentsSample>().Environments.Single();

        Assert.Equal(
            new GatewayEnvironment
            {
                Name = "Europe",
                Description = "Production and sandbox",
                ServiceUrl = "https://gateway.example:9444/services/",
                HttpEndpoint = "http://gateway.example:8281",
                HttpsEndpoint = "https://gateway.example:8244",
                WsEndpoint = "ws://gateway.example:9099",
                WssEndpoint = "wss://gateway.example:8099",
            },
            environment with { VirtualHosts = [] });
        Assert.Empty(environment.VirtualHosts);
    }

    [Fact]
    public void GatewayEnvironment_NotWritten_HasTheDefaultWithItsPorts() =>
        Assert.Equal("https://localhost:8243", Load("default", 0, "").Bind<EnvironmentsSample>().Environments.Single().HttpsEndpoint);

    private static EffectiveConfiguration Load(string role, int offset, string rest)
    {
        var server = $"[server]\nserver_role = \"{role}\"\nhostname = \"{role}.example\"\nnode_ip = \"127.0.0.1\"\noffset={offset}\n";
        return EffectiveConfiguration.Load(Sample.Sources(server + Common + rest, typeof(ServerSample), typeof(EnvironmentsSample), typeof(GatewayOptions)) with
        {
            Properties = Sample.Names(("admin.username", "$ref{super_admin.username}"), ("admin.password", "$ref{super_admin.password}")),
            Ports = Sample.Names(("mgt.transport.https.port", "9443"), ("http.nio.port", "8280"), ("https.nio.port", "8243")),
        });
    }

    private sealed record EnvironmentsSample
    {
        [Setting("apim.gateway.environment", "Gateway environments.")]
        public IReadOnlyList<GatewayEnvironment> Environments { get; init; } = [new GatewayEnvironment()];
    }
}
