using System.Text.Json;
using Tollgate.Model;

namespace Tollgate.Unit.Model;

/// <summary>What a history shows of a change.</summary>
public sealed class FieldChangesTests
{
    [Fact]
    public void Between_TwoDesigns_NamesTheFieldsThatDiffer()
    {
        var before = new ApiDesign { Description = "old", Tags = ["a"] };
        var changes = FieldChanges.Between(before, before with { Description = "new" });

        var change = Assert.Single(changes);
        Assert.Equal(("description", "old", "new"), (change.Field, change.Before!.Value.GetString(), change.After!.Value.GetString()));
    }

    [Fact]
    public void Between_NothingAndARecord_ShowsNoBefore() =>
        Assert.All(FieldChanges.Between(null, new ApiDesign()), change => Assert.Null(change.Before));

    [Fact]
    public void Between_StatesWithSecrets_MasksThem()
    {
        var config = JsonSerializer.Deserialize<JsonElement>(
            """{"endpoint_security": {"production": {"username": "u", "password": "hunter2", "clientSecret": "s3cret"}}}""");
        var change = Assert.Single(FieldChanges.Between(new ApiDesign(), new ApiDesign { EndpointConfig = config }));

        var text = change.After!.Value.GetRawText();
        Assert.DoesNotContain("hunter2", text);
        Assert.DoesNotContain("s3cret", text);
        Assert.Contains("\"username\":\"u\"", text);
    }

    [Fact]
    public void Between_LongValues_KeepsTheirBeginningOnly()
    {
        var change = Assert.Single(FieldChanges.Between(new ApiDesign(), new ApiDesign { Description = new string('x', 10_000) }));

        Assert.True(change.After!.Value.GetRawText().Length < 500);
    }
}
