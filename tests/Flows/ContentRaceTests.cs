using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Many at once: numbers are never given twice, names never taken twice.</summary>
public sealed class ContentRaceTests(SharedNode shared)
{
    private const int Many = 20;

    private Caller Admin => shared.Admin;

    [Fact]
    public async Task Revisions_ManyAtOnce_HaveNumbersOfTheirOwnAndStayBelowTheLimit()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Raced"), shared.Backend.Url);
        var answers = await AtOnceAsync(() => Admin.PostAsync($"{Portal.Publisher}/apis/{id}/revisions", new JsonObject()));
        var made = answers.Where(answer => answer.Code == 201).Select(answer => (string)answer.Json["displayName"]!).ToList();
        Assert.Equal(5, made.Distinct().Count());
        Assert.Equal(5, made.Count);
        Assert.All(answers.Where(answer => answer.Code != 201), answer => Assert.Equal("900351", answer.ErrorCode));
        Assert.Equal(5, (int)(await Admin.GetAsync($"{Portal.Publisher}/apis/{id}/revisions").ExpectAsync(200))["count"]!);
    }

    [Fact]
    public async Task Documents_ManyOfOneNameAtOnce_MakeOne()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Raced"), shared.Backend.Url);
        var documents = $"{Portal.Publisher}/apis/{id}/documents";
        var answers = await AtOnceAsync(() => Admin.PostAsync(
            documents,
            new JsonObject { ["name"] = "One", ["type"] = "HOWTO", ["sourceType"] = "INLINE", ["visibility"] = "API_LEVEL" }));
        Assert.Single(answers, answer => answer.Code == 201);
        Assert.All(answers.Where(answer => answer.Code != 201), answer => Assert.Equal("900312", answer.ErrorCode));
        Assert.Equal(1, (int)(await Admin.GetAsync(documents).ExpectAsync(200))["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Document_WrittenByTwoAtOnce_KeepsOneAndTellsTheOther()
    {
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Raced"), shared.Backend.Url);
        var documents = $"{Portal.Publisher}/apis/{id}/documents";
        var made = await Admin.PostAsync(
            documents,
            new JsonObject
            {
                ["name"] = "One",
                ["type"] = "HOWTO",
                ["sourceType"] = "INLINE",
                ["visibility"] = "API_LEVEL",
                ["createdBy"] = "somebody else",
                ["lastUpdatedBy"] = "somebody else",
                ["documentId"] = "mine",
            }).ExpectAsync(201);
        Assert.Equal(("admin", "admin"), ((string)made["createdBy"]!, (string)made["lastUpdatedBy"]!));
        var path = $"{documents}/{made["documentId"]}";
        var answers = await AtOnceAsync(() => Admin.PutAsync(path, made, "\"1\""));
        Assert.Single(answers, answer => answer.Code == 200);
        Assert.All(answers.Where(answer => answer.Code != 200), answer => Assert.Equal(412, answer.Code));
    }

    [Fact]
    public async Task Rating_OfOnePersonManyTimesAtOnce_CountsOnce()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Raced"), shared.Backend.Url);
        var path = $"{Portal.DevPortal}/apis/{id}";
        await AtOnceAsync(() => Admin.PutAsync(path + "/user-rating", new JsonObject { ["rating"] = 4 }));
        Assert.Equal(1, (int)(await Admin.GetAsync(path + "/ratings").ExpectAsync(200))["pagination"]!["total"]!);
    }

    private static async Task<Answer[]> AtOnceAsync(Func<Task<Answer>> call) =>
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => call()));
}
