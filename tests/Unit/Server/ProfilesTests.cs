using Tollgate.Server;
using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server;

/// <summary>Which modules a profile starts, by every name that the field's guides use for it.</summary>
public sealed class ProfilesTests
{
    [Theory]
    [InlineData("default", "default", Modules.All)]
    [InlineData("api-key-manager", "api-key-manager", Modules.KeyManager | Modules.Sync)]
    [InlineData("api-publisher", "api-publisher", Modules.Publisher | Modules.Admin)]
    [InlineData("api-devportal", "api-devportal", Modules.DevPortal)]
    [InlineData("api-store", "api-devportal", Modules.DevPortal)]
    [InlineData("control-plane", "control-plane", Modules.Control)]
    [InlineData("traffic-manager", "traffic-manager", Modules.TrafficManager)]
    [InlineData("gateway-worker", "gateway-worker", Modules.Gateway)]
    [InlineData("gateway-manager", "gateway-worker", Modules.Gateway)]
    [InlineData("gateway", "gateway-worker", Modules.Gateway)]
    internal void Need_ANameOrAlias_IsTheProfile(string name, string profile, Modules modules) =>
        Assert.Equal(new Profile(profile, modules), Profiles.Need(name));

    [Fact]
    public void Need_AnUnknownName_IsRefusedWithThoseThereAre() =>
        Assert.Contains("api-publisher", Assert.Throws<ConfigurationException>(() => Profiles.Need("publisher")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("default", false)]
    [InlineData("control-plane", false)]
    [InlineData("api-store", true)]
    [InlineData("gateway", false)]
    public void IsPartOfControlPlane_OfAProfile_MeansThatTheRestIsElsewhere(string name, bool expected) =>
        Assert.Equal(expected, Profiles.Need(name).IsPartOfControlPlane);
}
