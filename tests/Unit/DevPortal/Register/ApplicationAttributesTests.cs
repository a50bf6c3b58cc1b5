using Tollgate.DevPortal;
using Tollgate.DevPortal.Register;
using Tollgate.Model;

namespace Tollgate.Unit.DevPortal.Register;

/// <summary>Attributes of applications.</summary>
public sealed class ApplicationAttributesTests
{
    private static readonly ApplicationAttributes Configured = new(new DevPortalOptions
    {
        Attributes =
        [
            new ApplicationAttribute { Name = "Centre", Required = true },
            new ApplicationAttribute { Name = "Region", Default = "eu" },
            new ApplicationAttribute { Name = "Note" },
            new ApplicationAttribute { Name = "Mark", Hidden = true, Required = true, Default = "x" },
        ],
    });

    [Fact]
    public void Checked_NamesInAnyCase_AreSpelledAsConfiguredWithDefaultsFilledIn() => Assert.Equal(
        new Dictionary<string, string> { ["Centre"] = "1", ["Region"] = "eu", ["Mark"] = "x" },
        Configured.Checked(new Dictionary<string, string> { ["CENTRE"] = " 1 ", ["mark"] = "mine" }));

    [Theory]
    [InlineData("Region", "us")]
    [InlineData("Centre", " ")]
    [InlineData("Other", "1")]
    public void Checked_RequiredMissingOrUnknown_IsRefused(string name, string value) =>
        Assert.Equal(400, Assert.Throws<Refusal>(() => Configured.Checked(new Dictionary<string, string> { [name] = value })).Status);

    [Fact]
    public void Visible_LeavesTheHiddenOnesOut() => Assert.Equal(
        ["Centre"], Configured.Visible(new Dictionary<string, string> { ["Centre"] = "1", ["mark"] = "x" }).Keys);

    [Fact]
    public void Checked_NothingConfigured_TakesFreeOnesOfLimitedSize()
    {
        var free = new ApplicationAttributes(new DevPortalOptions());
        Assert.Equal(["any"], free.Checked(new Dictionary<string, string> { ["any"] = "1" }).Keys);
        Assert.Throws<Refusal>(() => free.Checked(new Dictionary<string, string> { ["any"] = new('x', 1001) }));
        Assert.Throws<Refusal>(() => free.Checked(Enumerable.Range(0, 51).ToDictionary(n => $"{n}", _ => "")));
    }
}
