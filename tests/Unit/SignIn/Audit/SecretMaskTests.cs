using System.Text;
using System.Text.Json.Nodes;
using Tollgate.SignIn.Audit;

namespace Tollgate.Unit.SignIn.Audit;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("newPassword")]
    [InlineData("client_secret")]
    [InlineData("consumerSecret")]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("revokeToken")]
    [InlineData("apiKey")]
    [InlineData("Authorization")]
    public void Of_ASecretField_ShowsTheMask(string name) =>
        Assert.Equal("***", (string)SecretMask.Of(new JsonObject { [name] = "x" })![name]!);

    [Theory]
    [InlineData("name")]
    [InlineData("consumerKey")]
    [InlineData("tokenType")]
    [InlineData("keyType")]
    public void Of_AnotherField_KeepsIt(string name) => Assert.Equal("x", (string)SecretMask.Of(new JsonObject { [name] = "x" })![name]!);

    [Fact]
    public void Of_NestedListsAndObjects_FindsTheSecretsInThem()
    {
        var masked = SecretMask.Of(JsonNode.Parse("""{ "a": [ { "secret": { "b": 1 } }, { "c": null, "password": null } ] }"""))!;
        Assert.Equal("""{"a":[{"secret":"***"},{"c":null,"password":null}]}""", masked.ToJsonString());
    }

    [Theory]
    [InlineData("password=x")]
    [InlineData("")]
    [InlineData("{\"a\":1,\"a\":2")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void Parse_WhatIsNoJson_TellsItsSizeOnly(string body) =>
        Assert.Equal($$"""{"bytes":{{body.Length}}}""", SecretMask.Parse(Encoding.UTF8.GetBytes(body))!.ToJsonString());
}
