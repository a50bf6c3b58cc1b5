using Tollgate.Model;
using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Definitions of APIs made from scratch.</summary>
public sealed class DefinitionCreateTests
{
    private static readonly IReadOnlyList<Scope> Scopes =
        [new() { Name = "read", Description = "May read", Bindings = ["staff", "Internal/guests"] }, new() { Name = "write" }];

    private static readonly IReadOnlyList<Operation> Operations =
    [
        new() { Target = "/*", Verb = "GET" },
        new() { Target = "/*", Verb = "PATCH", AuthType = AuthTypes.None, ThrottlingPolicy = "10KPerMin" },
        new() { Target = "/dogs/{dogId}.{format}/{part}", Verb = "POST", AuthType = AuthTypes.ApplicationUser, Scopes = ["write", "read"] },
        new() { Target = "/a~b/{c}?d={d}", Verb = "OPTIONS" },
    ];

    [Fact]
    public void Create_ThenRead_GivesTheSame()
    {
        var read = Documents.Read(DefinitionWriter.Create("Kennel", "1.0", "Dogs", Operations, Scopes));

        Assert.Equal(("Kennel", "1.0", "Dogs"), (read.Title, read.Version, read.Description));
        Assert.Equivalent(Operations, read.Operations, strict: true);
        Assert.Equivalent(Scopes, read.Scopes, strict: true);
        Assert.All(
            read.Imported, entry => Assert.True(entry is { StatesAuthType: true, StatesThrottlingPolicy: true, StatesScopes: true }));
    }

    [Fact]
    public void Create_ThenUpdateWithTheSame_ChangesNothing()
    {
        var json = DefinitionWriter.Create("Kennel", "1.0", null, Operations, Scopes);

        Assert.Equal(json, DefinitionWriter.Update(json, Operations, Scopes));
        Assert.Equal(json, Documents.Read(json).Json);
    }

    [Fact]
    public void Create_OfOneOperation_IsThisDocument() =>
        Assert.Equal(
            """
            {"openapi":"3.0.1","info":{"title":"Kennel","version":"1.0"},
            "paths":{"/dogs/{dogId}":{"get":{"parameters":[{"name":"dogId","in":"path","required":true,"schema":{"type":"string"}}],
            "responses":{"200":{"description":"OK"}},"security":[{"default":["read"]}],
            "x-auth-type":"Any","x-throttling-tier":"Unlimited"}}},
            "components":{"securitySchemes":{"default":{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"/oauth2/authorize",
            "scopes":{"read":"May read","write":""},"x-scopes-bindings":{"read":"staff,Internal/guests"}}}}}}}
            """.ReplaceLineEndings(""),
            DefinitionWriter.Create("Kennel", "1.0", null, [new() { Target = "/dogs/{dogId}", Verb = "GET", Scopes = ["read"] }], Scopes));

    [Fact]
    public void Create_OfNothing_IsADocument()
    {
        var read = Documents.Read(DefinitionWriter.Create("Kennel", "1.0", "", [], []));

        Assert.Empty(read.Operations);
        Assert.Empty(read.Scopes);
        Assert.Equal("oauth2", (string?)Documents.Node(read.Json, "components", "securitySchemes", "default", "type"));
    }
}
