using System.Text;
using Tollgate.Gateway.Transform;

namespace Tollgate.Unit.Gateway.Transform;

public sealed class OutboundNamesTests
{
    [Theory]
    [InlineData("Connection")]
    [InlineData("x-forwarded-for")]
    [InlineData("X_Forwarded_For")]
    [InlineData("X-JWT-Assertion")]
    [InlineData("X-Original-URL")]
    [InlineData("x-rewrite-url")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("x_http_method_override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public void IsDropped_WhatBackendsTakeAsSaidByTheGateway_InAnySpelling(string name) =>
        Assert.True(OutboundNames.IsDropped(Encoding.ASCII.GetBytes(name)));

    [Theory]
    [InlineData("Accept")]
    [InlineData("X-Original-URLs")]
    [InlineData("X-HTTP-Methods")]
    [InlineData("X-Request-Id")]
    public void IsDropped_AnotherName_Passes(string name) => Assert.False(OutboundNames.IsDropped(Encoding.ASCII.GetBytes(name)));
}
