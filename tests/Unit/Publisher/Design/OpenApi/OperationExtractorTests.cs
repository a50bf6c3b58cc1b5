using Tollgate.Model;

namespace Tollgate.Unit.Publisher.Design.OpenApi;

/// <summary>Settings of operations, from extensions and security requirements.</summary>
public sealed class OperationExtractorTests
{
    private const string Schemes = """
        "components":{"securitySchemes":{
          "oauth":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://x.example","scopes":{"read":"","write":""}}}},
          "oidc":{"type":"openIdConnect","openIdConnectUrl":"https://x.example"},
          "key":{"type":"apiKey","in":"header","name":"k"},
          "link":{"$ref":"#/components/securitySchemes/oauth"}}},
        """;

    [Theory]
    [InlineData("", AuthTypes.Any)]
    [InlineData("\"x-auth-type\":\"None\",", AuthTypes.None)]
    [InlineData("\"x-auth-type\":\"Any\",", AuthTypes.Any)]
    [InlineData("\"x-auth-type\":\"application\",", AuthTypes.Application)]
    [InlineData("\"x-auth-type\":\"Application User\",", AuthTypes.ApplicationUser)]
    [InlineData("\"x-auth-type\":\"Application_User\",", AuthTypes.ApplicationUser)]
    [InlineData("\"x-auth-type\":\"Application & Application User\",", "Application & Application User")]
    [InlineData("\"x-auth-type\":\" \",", AuthTypes.Any)]
    [InlineData("\"security\":[],", AuthTypes.Any)]
    [InlineData("\"security\":[{}],", AuthTypes.Any)]
    [InlineData("\"x-wso2-disable-security\":true,", AuthTypes.None)]
    [InlineData("\"x-wso2-disable-security\":false,", AuthTypes.Any)]
    [InlineData("\"x-wso2-disable-security\":\"true\",", AuthTypes.Any)]
    [InlineData("\"x-wso2-disable-security\":true,\"x-auth-type\":\"Any\",", AuthTypes.Any)]
    public void AuthType_ComesFromExtensionsOnly(string members, string authType) =>
        Assert.Equal(authType, Documents.Read(Documents.WithGet(members)).Operations[0].AuthType);

    [Theory]
    [InlineData(
        "\"x-auth-type\":\"Nobody\",",
        "The x-auth-type 'Nobody' at '#/paths/~1a/get' is none of Any, None, Application, Application User, "
        + "Application & Application User.")]
    [InlineData("\"x-auth-type\":false,", "'#/paths/~1a/get/x-auth-type' must be a text.")]
    [InlineData("\"x-throttling-tier\":5,", "'#/paths/~1a/get/x-throttling-tier' must be a text.")]
    [InlineData("\"x-scope\":[\"a\"],", "'#/paths/~1a/get/x-scope' must be a text.")]
    public void Extension_NotUnderstood_IsRefused(string members, string sentence) =>
        Assert.Equal(sentence, Documents.Refused(Documents.WithGet(members)));

    [Theory]
    [InlineData("", "Unlimited")]
    [InlineData("\"x-throttling-tier\":\"10KPerMin\",", "10KPerMin")]
    [InlineData("\"x-wso2-throttling-tier\":\"20KPerMin\",", "20KPerMin")]
    [InlineData("\"x-throttling-tier\":\"A\",\"x-wso2-throttling-tier\":\"B\",", "A")]
    [InlineData("\"x-throttling-tier\":\"\",\"x-wso2-throttling-tier\":\"B\",", "B")]
    public void ThrottlingPolicy_ComesFromExtensions(string members, string policy) =>
        Assert.Equal(policy, Documents.Read(Documents.WithGet(members)).Operations[0].ThrottlingPolicy);

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "[{\"oauth\":[\"read\"]}]", "read")]
    [InlineData("\"security\":[{\"oauth\":[\"write\"]}],", "[{\"oauth\":[\"read\"]}]", "write")]
    [InlineData("\"security\":[],", "[{\"oauth\":[\"read\"]}]", "")]
    [InlineData("\"security\":[{\"key\":[]}],", "[{\"oauth\":[\"read\"]}]", "")]
    [InlineData("\"security\":[{\"oauth\":[\"write\",\"a\"],\"key\":[\"role\"]},{\"oidc\":[\"email\",\"a\"]}],", "", "write a email")]
    [InlineData("\"security\":[{\"link\":[\"read\"]}],", "", "read")]
    [InlineData("\"security\":[{\"misspelt\":[\"read\"]}],", "", "read")]
    [InlineData("\"x-scope\":\"read, write\",", "", "read write")]
    [InlineData("\"x-scope\":\"write\",", "[{\"oauth\":[\"read\"]}]", "write")]
    [InlineData("\"x-scope\":\"write\",\"security\":[{\"oauth\":[\"read\",\"write\"]}],", "", "read write")]
    public void Scopes_ComeFromTheOperationOrTheDocument(string members, string documentSecurity, string scopes)
    {
        var security = documentSecurity.Length == 0 ? "" : $"\"security\":{documentSecurity},";

        Assert.Equal(scopes, string.Join(' ', Documents.Read(Documents.WithGet(members, security + Schemes)).Operations[0].Scopes));
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "[{\"oauth\":[]}]", false)]
    [InlineData("", "[{\"oauth\":[\"read\"]}]", true)]
    [InlineData("\"security\":[],", "[{\"oauth\":[\"read\"]}]", false)]
    [InlineData("\"security\":[{\"key\":[]}],", "", false)]
    [InlineData("\"security\":[{\"oauth\":[]}],", "", true)]
    [InlineData("\"x-scope\":\"\",", "", true)]
    public void StatesScopes_WhereTheDocumentSpeaksOfScopes(string members, string documentSecurity, bool states)
    {
        var security = documentSecurity.Length == 0 ? "" : $"\"security\":{documentSecurity},";

        Assert.Equal(states, Documents.Read(Documents.WithGet(members, security + Schemes)).Imported[0].StatesScopes);
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("\"x-auth-type\":\"Any\",", true, false)]
    [InlineData("\"x-wso2-disable-security\":true,", true, false)]
    [InlineData("\"x-throttling-tier\":\"Unlimited\",", false, true)]
    public void States_WhatExtensionsSay(string members, bool authType, bool policy)
    {
        var imported = Documents.Read(Documents.WithGet(members)).Imported[0];

        Assert.Equal((authType, policy), (imported.StatesAuthType, imported.StatesThrottlingPolicy));
    }
}
