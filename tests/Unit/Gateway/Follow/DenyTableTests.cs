using System.Net;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Unit.Gateway.Follow;

public sealed class DenyTableTests
{
    [Fact]
    public void In_PolicyThatIsOffOrOfAnotherOrganization_DeniesNothing()
    {
        var table = DenyTable.Of(
        [
            Policy(DenyKind.Api, "/a/1") with { Enabled = false }, Policy(DenyKind.Api, "/b/1") with { Organization = "other" },
        ]);
        Assert.Null(table.In("mine"));
        Assert.True(table.In("other")!.Api("/b/1"));
    }

    [Theory]
    [InlineData("10.0.0.7", false, "10.0.0.7", true)]
    [InlineData("10.0.0.7", false, "::ffff:10.0.0.7", true)]
    [InlineData("10.0.0.7", false, "10.0.0.8", false)]
    [InlineData("10.0.0.7", true, "10.0.0.7", false)]
    [InlineData("10.0.0.7", true, "10.0.0.8", true)]
    public void Address_OneAddress_IsDeniedOrAllButIt(string subject, bool invert, string caller, bool denied) =>
        Assert.Equal(denied, Only(Policy(DenyKind.Address, subject) with { Invert = invert }).Address(IPAddress.Parse(caller)));

    [Theory]
    [InlineData(false, "10.0.0.3", true)]
    [InlineData(false, "10.0.0.4", false)]
    [InlineData(true, "10.0.0.3", false)]
    [InlineData(true, "10.0.0.4", true)]
    [InlineData(true, "255.255.255.255", true)]
    public void Address_Range_IsDeniedOrAllButIt(bool invert, string caller, bool denied) =>
        Assert.Equal(denied, Only(Policy(DenyKind.AddressRange, "10.0.0.1-10.0.0.3") with { Invert = invert }).Address(IPAddress.Parse(caller)));

    [Fact]
    public void Names_OfUsersAndApplications_IgnoreCaseAndContextsDoNot()
    {
        var denied = Only(Policy(DenyKind.User, "Ann@mine"), Policy(DenyKind.Application, "ann:App"), Policy(DenyKind.Api, "/Orders/1"));
        Assert.True(denied.User("ann@mine"));
        Assert.False(denied.User("bob@mine"));
        Assert.True(denied.Application("Ann", "app"));
        Assert.False(denied.Application("bob", "app"));
        Assert.True(denied.Api("/Orders/1"));
        Assert.False(denied.Api("/orders/1"));
        Assert.False(denied.HasAddresses);
        Assert.False(denied.HasSubscriptions);
    }

    private static RuntimeDenyPolicy Policy(DenyKind kind, string subject) => new("mine", kind, subject, false, true);

    private static Denied Only(params RuntimeDenyPolicy[] policies) => DenyTable.Of(policies).In("mine")!;
}
