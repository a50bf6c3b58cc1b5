using Tollgate.Model;
using Tollgate.Publisher.Transfer;

namespace Tollgate.Unit.Publisher.Transfer;

/// <summary>What an archive must have, may have, and must not have.</summary>
public sealed class ArchivedApiTests
{
    private const string Document =
        "{\"type\": \"document\", \"data\": {\"name\": \"D\", \"type\": \"HOWTO\", \"sourceType\": \"INLINE\", \"visibility\": \"API_LEVEL\"}}";

    [Theory]
    [InlineData("")]
    [InlineData("A-1/")]
    public void Read_WithOrWithoutAFolder_FindsTheParts(string root)
    {
        var archived = Read(
            (root + "api.json", Archives.Api), (root + "README.md", "notes"), (root + "Docs/D/document.json", Document),
            (root + "Docs/D/D.txt", "hello"), (root + "Image/icon.png", "png"), (root + "api_meta.json", "{}"));

        Assert.Equal("A", archived.Api.Name);
        var document = Assert.Single(archived.Documents);
        Assert.Equal(("D", "D.txt"), (document.Document.Name, document.FileName));
        Assert.NotNull(archived.Icon);
        Assert.Null(archived.Definition);
    }

    [Fact]
    public void Read_YamlParts_FindsThem() => Assert.Equal(
        "Default",
        Read(
            ("A-1/api.json", Archives.Api),
            ("A-1/deployment_environments.yaml", "type: deployment_environments\ndata:\n- deploymentEnvironment: Default\n"))
            .Deployments[0].DeploymentEnvironment);

    [Fact]
    public void Read_ProjectAsTheFieldsToolsWriteIt_TakesWhatSaysSomething()
    {
        var archived = Read(
            (
                "P/api.yaml",
                """
                type: api
                version: v4.3.0
                data: # comment
                  id: 00000000-0000-0000-0000-000000000000
                  name: Orders
                  version: 1.10
                  context: /orders
                  enableStore: true
                  organizationId: carbon.super
                  lastUpdatedTimestamp: 1607941348
                  createdTime: Dec 14, 2020 3:52:06 PM
                  isRevision: true
                  revisionId: 7b8a0c1e
                  apiKeyHeader: ""
                  cacheTimeout: 300
                  mediationPolicies: []
                  websubSubscriptionConfiguration: ""
                  operations:
                   - {id: "", target: /x, verb: GET, usedProductIds: [], operationPolicies: {request: [], response: [], fault: []}}
                """),
            ("P/deployment_environments.yaml", "type: deployment_environments\ndata:\n - name: Default\n   deploymentEnvironment: Default\n"));

        Assert.Equal(("Orders", "1.10", "ApiKey"), (archived.Api.Name, archived.Api.Version, archived.Api.ApiKeyHeader));
        Assert.Null(archived.Api.Id);
        Assert.Equal("Default", Assert.Single(archived.Deployments).DeploymentEnvironment);
    }

    [Theory]
    [InlineData("A-1/Policies/addHeader.yaml")]
    [InlineData("A-1/notes.txt")]
    [InlineData("other/api.txt")]
    [InlineData("A-1/Docs/loose.txt")]
    public void Read_FilesThatNothingReads_NamesThem(string name)
    {
        var refusal = Assert.Throws<Refusal>(() => Read(("A-1/api.json", Archives.Api), (name, "x")));

        Assert.Contains(name, refusal.Description);
    }

    [Fact]
    public void Read_WithoutAnApi_IsRefused() => Assert.Throws<Refusal>(() => Read(("x/y.txt", "")));

    [Fact]
    public void Read_PartsInTwoFormats_IsRefused() => Assert.Throws<Refusal>(() => Read(("api.json", Archives.Api), ("api.yaml", "type: api")));

    [Fact]
    public void Read_AnotherType_IsRefused() => Assert.Contains(
        "api_product", Assert.Throws<Refusal>(() => Read(("api.json", "{\"type\": \"api_product\", \"data\": {}}"))).Description);

    [Fact]
    public void Read_AnUnknownField_IsRefusedWithItsPlace() => Assert.Contains(
        "documentKind",
        Assert.Throws<Refusal>(() => Read(
            ("api.json", Archives.Api), ("Docs/D/document.json", Document.Replace("\"name\"", "\"documentKind\": 1, \"name\"")))).Description);

    private static ArchivedApi Read(params (string Name, string Content)[] files) => ArchivedApi.Read(Archives.Of(files), 1_000_000);
}
