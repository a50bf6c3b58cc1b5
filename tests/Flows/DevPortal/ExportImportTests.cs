using System.IO.Compression;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.DevPortal;

/// <summary>Applications carried out of one account and into another.</summary>
public sealed class ExportImportTests(SharedNode shared)
{
    private const string Applications = Portal.DevPortal + "/applications";

    private Portal Portal => shared.Portal;

    [Fact]
    public async Task Export_ThenImportForAnotherOwner_GivesTheSameApplicationWithKeysOfItsOwn()
    {
        var (consumer, name, api) = await SubscribedAsync();
        var zip = await ExportAsync(name, "&withKeys=true");
        var text = Text(zip);
        Assert.DoesNotContain(consumer.ConsumerSecret, text);
        Assert.DoesNotContain(consumer.ConsumerKey, text);
        var owner = shared.NewName("heir");
        var heir = await shared.DeveloperAsync(owner);

        var imported = await ImportAsync(zip, $"?appOwner={owner}").ExpectAsync(200);
        Assert.Equal((owner, name, 1), ((string)imported["owner"]!, (string)imported["name"]!, (int)imported["subscriptionCount"]!));
        var read = await heir.GetAsync($"{Applications}/{(string)imported["applicationId"]!}").ExpectAsync(200);
        Assert.Equal("carried", (string)read["description"]!);
        var key = read["keys"]![0]!;
        Assert.NotEqual(consumer.ConsumerKey, (string)key["consumerKey"]!);
        var subscribed = await heir.GetAsync($"{Portal.DevPortal}/subscriptions?applicationId={(string)imported["applicationId"]!}").ExpectAsync(200);
        Assert.Equal([api], subscribed["list"]!.AsArray().Select(subscription => (string)subscription!["apiId"]!));

        await ImportAsync(zip, $"?appOwner={owner}").ExpectErrorAsync(409, "900301");
        await ImportAsync(zip, $"?appOwner={owner}&update=true").ExpectAsync(200);
    }

    [Fact]
    public async Task Export_WithoutAskingForKeys_HasNone()
    {
        var (_, name, _) = await SubscribedAsync();
        Assert.Empty(JsonNode.Parse(Text(await ExportAsync(name, "&format=JSON")))!["data"]!["keys"]!.AsArray());
    }

    [Fact]
    public async Task Import_ApiThatIsNotThere_SkipsItAndSaysSo()
    {
        var owner = shared.NewName("heir");
        await shared.DeveloperAsync(owner);
        var zip = Zip(Archive(owner, new JsonObject { ["apiName"] = "NoSuchApi", ["apiVersion"] = "1", ["throttlingPolicy"] = "Gold" }));
        var skipped = await ImportAsync(zip, "?preserveOwner=true").ExpectAsync(207);
        Assert.Equal("NoSuchApi", (string)skipped["list"]![0]!["name"]!);
        await ImportAsync(zip, "?preserveOwner=true&update=true&skipSubscriptions=true").ExpectAsync(200);
    }

    [Fact]
    public async Task Import_WhatIsNoArchiveOfAnApplication_IsRefused()
    {
        await ImportAsync([1, 2, 3], "").ExpectErrorAsync(400, "400");
        await ImportAsync(Zip(Archive("x"), "other.txt"), "").ExpectErrorAsync(400, "400");
        await ImportAsync(Zip("{}"), "").ExpectErrorAsync(400, "400");
        await ImportAsync(Zip(Archive("nobody-of-that-name")), "?preserveOwner=true").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task ExportAndImport_WithoutTheRight_AreRefused()
    {
        var developer = await shared.DeveloperAsync();
        await developer.GetAsync($"{Applications}/export?appName=a&appOwner=admin").ExpectErrorAsync(401, "401");
        await developer.PostAsync($"{Applications}/import").ExpectErrorAsync(401, "401");
    }

    private async Task<(Consumer Consumer, string Name, string Api)> SubscribedAsync()
    {
        var name = shared.NewName("Carried");
        var api = await Portal.PublishAsync(shared.NewName("Cargo"), shared.Backend.Url);
        var consumer = await Portal.ConsumerAsync(name);
        await shared.Admin.PutAsync(
            $"{Applications}/{consumer.ApplicationId}",
            new JsonObject { ["name"] = name, ["throttlingPolicy"] = "Unlimited", ["description"] = "carried" }).ExpectAsync(200);
        await Portal.SubscribeAsync(api, consumer, "Gold");
        return (consumer, name, api);
    }

    private async Task<byte[]> ExportAsync(string name, string more)
    {
        var answer = await shared.Http.SendAsync(Request(HttpMethod.Get, $"{Applications}/export?appName={name}&appOwner=admin{more}"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private Task<Answer> ImportAsync(byte[] zip, string query) => shared.Admin.SendAsync(
        HttpMethod.Post, $"{Applications}/import{query}", new MultipartFormDataContent { { new ByteArrayContent(zip), "file", "application.zip" } });

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, shared.Node.ManagementUrl + path);
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{TestHome.AdminPassword}")));
        return request;
    }

    private string Archive(string owner, params JsonObject[] subscriptions) => new JsonObject
    {
        ["type"] = "application",
        ["data"] = new JsonObject
        {
            ["applicationInfo"] = new JsonObject { ["name"] = shared.NewName("Packed"), ["owner"] = owner, ["throttlingPolicy"] = "Unlimited" },
            ["subscriptions"] = new JsonArray([.. subscriptions]),
        },
    }.ToJsonString();

    private static byte[] Zip(string text, string name = "a/application.json")
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }

        return buffer.ToArray();
    }

    private static string Text(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var reader = new StreamReader(Assert.Single(archive.Entries).Open());
        return reader.ReadToEnd();
    }
}
