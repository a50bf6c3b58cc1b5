using Tollgate.Admin.Deny;
using Tollgate.Model;
using Tollgate.Storage.Policies;

namespace Tollgate.Unit.Admin.Deny;

public sealed class DenyQueryTests
{
    [Fact]
    public void Query_TypeAndQuotedValue_AreBothRead() => Assert.Equal(
        new DenyPolicyQuery("o") { Kind = DenyKind.Api, Subject = "/a/1", Exact = true }, DenyRules.Query("o", "conditionType:API & conditionValue:\"/a/1\""));

    [Fact]
    public void Query_ValueWithoutQuotes_IsAPart() =>
        Assert.Equal(new DenyPolicyQuery("o") { Subject = "10.0" }, DenyRules.Query("o", "conditionValue:10.0"));

    [Fact]
    public void Query_None_ShowsAll() => Assert.Equal(new DenyPolicyQuery("o"), DenyRules.Query("o", null));

    [Theory]
    [InlineData("conditionType:NOTHING")]
    [InlineData("conditionValue:")]
    [InlineData("owner:x")]
    [InlineData("text")]
    public void Query_Nonsense_IsRefused(string text) => Assert.Equal(400, Assert.Throws<Refusal>(() => DenyRules.Query("o", text)).Status);
}
