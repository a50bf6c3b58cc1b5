using System.Text.Json.Nodes;
using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Stored definitions after a change of operations and scopes.</summary>
public sealed class DefinitionUpdateTests
{
    private static readonly Scope Read = new() { Name = "read", Description = "May read" };

    private static readonly Scope Write = new() { Name = "write", Description = "May write" };

    [Fact]
    public void Update_KeptOperations_KeepTheirContentAndTheirPlace()
    {
        var before = Documents.Read(Documents.Kennel);
        var after = DefinitionWriter.Update(before.Json, [.. before.Operations.Reverse()], []);

        Assert.Equal(before.Operations, Documents.Read(after).Operations, (a, b) => (a.Verb, a.Target) == (b.Verb, b.Target));
        Assert.Equal(
            before.Json,
            after.Replace(",\"x-auth-type\":\"Any\",\"x-throttling-tier\":\"Unlimited\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Update_RemovedOperations_AreGoneAndEmptyPathsWithThem()
    {
        var json = Changed(operations => [.. operations.Where(operation => operation.Verb == "GET")]);

        Assert.Equal(["x-note", "/dogs"], Names(json, "paths"));
        Assert.Equal(["summary", "get"], Names(json, "paths", "/dogs"));
        Assert.Equal(["x-note"], Names(Changed(_ => []), "paths"));
    }

    [Fact]
    public void Update_NewOperations_AreAddedBehind()
    {
        var json = Changed(operations =>
        [
            new() { Target = "/cats/{id}", Verb = "GET", Scopes = ["read"] },
            .. operations,
            new() { Target = "/dogs/{dogId}", Verb = "PUT", AuthType = AuthTypes.None, ThrottlingPolicy = "10KPerMin" },
        ], Read);

        Assert.Equal(["x-note", "/dogs", "/dogs/{dogId}", "/cats/{id}"], Names(json, "paths"));

        // The path declares its parameter for all its operations.
        Assert.Equal(["parameters", "delete", "put"], Names(json, "paths", "/dogs/{dogId}"));
        Assert.Equal(["responses", "security", "x-auth-type", "x-throttling-tier"], Names(json, "paths", "/dogs/{dogId}", "put"));
        Assert.Equal("id", (string?)Documents.Node(json, "paths", "/cats/{id}", "get", "parameters", "0", "name"));
        Assert.Equal(
            [
                "POST /dogs Any Unlimited", "GET /dogs Any Unlimited", "DELETE /dogs/{dogId} Any Unlimited",
                "PUT /dogs/{dogId} None 10KPerMin", "GET /cats/{id} Any Unlimited",
            ],
            Documents.Read(json).Operations.Select(o => $"{o.Verb} {o.Target} {o.AuthType} {o.ThrottlingPolicy}"));
        Assert.Equal(["", "", "", "", "read"], Documents.Read(json).Operations.Select(o => string.Join(' ', o.Scopes)));
    }

    [Fact]
    public void Update_Settings_ReplaceThoseOfOtherGateways()
    {
        var before = Documents.Read(Documents.WithGet("\"x-wso2-disable-security\":true,\"x-wso2-throttling-tier\":\"A\",\"x-mine\":1,"));
        var changed = before.Operations[0] with { AuthType = AuthTypes.Any, ThrottlingPolicy = "B" };
        var json = DefinitionWriter.Update(before.Json, [changed], []);

        Assert.Equal(["x-mine", "responses", "x-auth-type", "x-throttling-tier"], Names(json, "paths", "/a", "get"));
        Assert.Equivalent(changed, Documents.Read(json).Operations.Single(), strict: true);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "\"security\":[{\"oauth\":[\"read\"]}],")]
    [InlineData("\"x-scope\":\"read\",", "")]
    [InlineData("\"security\":[{\"oauth\":[\"read\"],\"key\":[]},{\"key\":[]},{\"oauth\":[]}],", "")]
    public void Update_SameScopes_LeavesTheRequirementAlone(string members, string documentSecurity)
    {
        var before = Documents.Read(WithSchemes(members, documentSecurity));
        var after = DefinitionWriter.Update(before.Json, before.Operations, before.Scopes);

        Assert.Equal(
            before.Json, after.Replace(",\"x-auth-type\":\"Any\",\"x-throttling-tier\":\"Unlimited\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", """[{"default":["write"]}]""")]
    [InlineData("\"security\":[],", "", """[{"default":["write"]}]""")]
    [InlineData("\"x-scope\":\"read\",", "", """[{"default":["write"]}]""")]
    [InlineData("", "\"security\":[{\"oauth\":[\"read\"]}],", """[{"default":["write"]}]""")]
    [InlineData("\"security\":[{\"key\":[]}],", "", """[{"default":["write"]},{"key":[]}]""")]
    [InlineData(
        "\"security\":[{\"key\":[],\"oauth\":[\"read\"]},{\"key\":[]},{\"oauth\":[]},{\"oauth\":[\"read\"]}],",
        "",
        """[{"default":["write"],"key":[]},{"key":[]},{"default":["write"]}]""")]
    public void Update_OtherScopes_ReplaceTheScopesOfTheRequirement(string members, string documentSecurity, string security)
    {
        var before = Documents.Read(WithSchemes(members, documentSecurity));
        var json = DefinitionWriter.Update(before.Json, [before.Operations[0] with { Scopes = ["write"] }], [Read, Write]);

        Assert.Equal(security, Documents.Node(json, "paths", "/a", "get", "security")!.ToJsonString());
        Assert.Null(Documents.Node(json, "paths", "/a", "get", "x-scope"));
        Assert.Equal(["write"], Documents.Read(json).Operations[0].Scopes);
        Assert.Equal(["May read", "May write"], Documents.Read(json).Scopes.Select(scope => scope.Description));
        Assert.Equal(["read", "write"], Names(json, "components", "securitySchemes", "default", "flows", "implicit", "scopes"));
    }

    [Fact]
    public void Update_ScopesTakenAway_LeaveARequirementWithout()
    {
        var before = Documents.Read(WithSchemes("", "\"security\":[{\"oauth\":[\"read\"]}],"));
        var json = DefinitionWriter.Update(before.Json, [before.Operations[0] with { Scopes = [] }], []);

        Assert.Equal("""[{"default":[]}]""", Documents.Node(json, "paths", "/a", "get", "security")!.ToJsonString());
        Assert.Equal("""[{"oauth":[]}]""", Documents.Node(json, "security")!.ToJsonString());
        Assert.Empty(Documents.Read(json).Scopes);
    }

    [Fact]
    public void Update_ScopeSettings_AreWrittenWhereTheScopeIsDeclared()
    {
        var before = Documents.Read(WithSchemes("", ""));
        var bound = DefinitionWriter.Update(before.Json, before.Operations, [Read with { Description = "New", Bindings = ["a", "b"] }]);
        var unbound = DefinitionWriter.Update(bound, before.Operations, [Read]);

        Assert.Equivalent(Read with { Description = "New", Bindings = ["a", "b"] }, Documents.Read(bound).Scopes.Single(), strict: true);
        Assert.Equivalent(Read, Documents.Read(unbound).Scopes.Single(), strict: true);
        Assert.Equal(["oauth", "key"], Names(unbound, "components", "securitySchemes"));
    }

    [Fact]
    public void Update_NameDefaultTaken_UsesAnother()
    {
        var before = Documents.Read(Documents.WithGet("", """
            "components":{"securitySchemes":{"default":{"type":"apiKey","in":"header","name":"k"}}},
            """));
        var json = DefinitionWriter.Update(before.Json, [before.Operations[0] with { Scopes = ["read"] }], [Read]);

        Assert.Equal(["default", "default_oauth2"], Names(json, "components", "securitySchemes"));
        Assert.Equal(["read"], Documents.Read(json).Operations[0].Scopes);
    }

    [Fact]
    public void Update_PathThatIsAReference_IsWrittenOut()
    {
        var before = Documents.Read(Documents.With("""
            "paths":{"/a":{"$ref":"#/paths/~1b"},"/b":{"summary":"S","get":{"responses":{"200":{"description":"OK"}}}}}
            """));
        var json = DefinitionWriter.Update(before.Json, [before.Operations[0] with { AuthType = AuthTypes.None }], []);

        Assert.Equal(["/a"], Names(json, "paths"));
        Assert.Equal(["summary", "get"], Names(json, "paths", "/a"));
        Assert.Equal(AuthTypes.None, Documents.Read(json).Operations.Single().AuthType);
    }

    [Fact]
    public void Update_RemovedOperationThatIsReferredTo_IsRefused()
    {
        var before = Documents.Read(Documents.With("""
            "paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/paths/~1b/get/responses/200"}}}},
              "/b":{"get":{"responses":{"200":{"description":"OK"}}}}}
            """));

        Assert.Equal(
            "The $ref '#/paths/~1b/get/responses/200' at '#/paths/~1a/get/responses/200' leads to nothing in this document.",
            Assert.Throws<Refusal>(() => DefinitionWriter.Update(before.Json, [before.Operations[0]], [])).Description);
    }

    [Fact]
    public void Update_DocumentWithoutPaths_GetsThem()
    {
        var before = Documents.Read("""{"openapi":"3.1.0","info":{"title":"T","version":"1"}}""");
        var json = DefinitionWriter.Update(before.Json, [new() { Target = "/*", Verb = "GET" }], []);

        Assert.Equal("/*", Documents.Read(json).Operations.Single().Target);
    }

    private static string Changed(Func<IReadOnlyList<Operation>, IReadOnlyList<Operation>> change, params Scope[] scopes)
    {
        var before = Documents.Read(Documents.Kennel);
        return DefinitionWriter.Update(before.Json, change(before.Operations), scopes);
    }

    private static string WithSchemes(string members, string documentSecurity) => Documents.WithGet(members, documentSecurity + """
        "components":{"securitySchemes":{
          "oauth":{"type":"oauth2","flows":{"password":{"tokenUrl":"https://x.example","scopes":{"read":"May read"}}}},
          "key":{"type":"apiKey","in":"header","name":"k"}}},
        """);

    private static IEnumerable<string> Names(string json, params string[] path) =>
        ((JsonObject)Documents.Node(json, path)!).Select(member => member.Key);
}
