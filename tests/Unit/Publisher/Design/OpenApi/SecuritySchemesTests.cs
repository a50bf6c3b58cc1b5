using Tollgate.Publisher.Design.OpenApi;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>The scopes of an API.</summary>
public sealed class SecuritySchemesTests
{
    [Fact]
    public void Scopes_OfAllFlows_AreListedOnce()
    {
        var scopes = Documents.Read(Documents.WithGet("\"security\":[{\"oauth\":[\"other\",\"read\"]}],", """
            "components":{"securitySchemes":{
              "oauth":{"type":"oauth2","flows":{
                "implicit":{"authorizationUrl":"https://x.example",
                  "scopes":{"read":"","write":"May write"},"x-scopes-bindings":{"read":"staff, admin"}},
                "password":{"tokenUrl":"https://x.example",
                  "scopes":{"read":"May read","unused":"Nobody asks"},"x-scopes-bindings":{"read":"Admin,guests","write":""}}}},
              "default":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://x.example","scopes":{"write":"Else"}}}},
              "key":{"type":"apiKey","in":"header","name":"k"}}},
            """)).Scopes;

        Assert.Equal(["read", "write", "unused", "other"], scopes.Select(scope => scope.Name));
        Assert.Equal(["May read", "May write", "Nobody asks", null], scopes.Select(scope => scope.Description));
        Assert.Equal(["staff", "admin", "guests"], scopes[0].Bindings);
        Assert.All(scopes.Skip(1), scope => Assert.Empty(scope.Bindings));
    }

    [Fact]
    public void Bindings_NotText_AreRefused() =>
        Assert.Equal(
            "'#/components/securitySchemes/read' must be a text.",
            Documents.Refused(Documents.With("""
                "paths":{},"components":{"securitySchemes":{"oauth":{"type":"oauth2","flows":{"implicit":{
                  "authorizationUrl":"https://x.example","scopes":{"read":""},"x-scopes-bindings":{"read":["a"]}}}}}}
                """)));

    [Fact]
    public void Scopes_MoreThanTheLimit_AreRefused()
    {
        var names = string.Join("\",\"", Enumerable.Range(0, DefinitionLimits.MaxScopes + 1));

        Assert.Equal(
            "The document has 1001 scopes; at most 1000 are allowed.",
            Documents.Refused(Documents.WithGet($"\"security\":[{{\"oauth\":[\"{names}\"]}}],")));
    }

    [Fact]
    public void Requirement_OfTooManySchemes_IsRefused() =>
        Assert.Equal(
            "A security requirement names more than 100 schemes.",
            Documents.Refused(Documents.WithGet($"\"security\":[{string.Join(',', Enumerable.Repeat("{\"oauth\":[]}", 101))}],")));
}
