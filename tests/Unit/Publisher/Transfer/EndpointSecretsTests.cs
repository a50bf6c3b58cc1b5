using System.Text.Json;
using Tollgate.Publisher.Transfer;

namespace Tollgate.Unit.Publisher.Transfer;

/// <summary>An archive carries no backend credentials.</summary>
public sealed class EndpointSecretsTests
{
    [Fact]
    public void Remove_FromAConfiguration_BlanksSecretsAndNothingElse()
    {
        var config = JsonSerializer.Deserialize<JsonElement>(
            """
            {"production_endpoints": {"url": "https://a"}, "endpoint_security": {"production":
              {"username": "u", "password": "p1", "clientSecret": "p2", "apiKeyValue": "p3", "tokenUrl": "https://t", "secretKey": "p4"}}}
            """);
        var text = EndpointSecrets.Remove(config)!.Value.GetRawText();

        Assert.DoesNotMatch("p[1-4]", text);
        Assert.Contains("\"username\":\"u\"", text);
        Assert.Contains("https://t", text);
        Assert.Contains("https://a", text);
    }

    [Fact]
    public void Remove_FromNothing_IsNothing() => Assert.Null(EndpointSecrets.Remove(null));
}
