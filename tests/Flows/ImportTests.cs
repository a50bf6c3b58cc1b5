using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Definitions by file, URL and archive, and the questions before an import.</summary>
public sealed class ImportTests(SharedNode shared)
{
    private const string Apis = Portal.Publisher + "/apis";

    private const string Swagger = """
        {"swagger":"2.0","info":{"title":"Old","version":"2.1"},"paths":{"/old/{id}":{"get":{"responses":{"200":{"description":"ok"} } } } } }
        """;

    [Fact]
    public async Task Import_Swagger2_IsServedLikeAnyOther()
    {
        var name = shared.NewName("Swagger");
        var api = await ImportAsync(name, ("file", Encoding.UTF8.GetBytes(Swagger))).ExpectAsync(201);
        Assert.Equal("/old/{id}", (string)api["operations"]![0]!["target"]!);
        var definition = await shared.Admin.GetAsync($"{Apis}/{(string)api["id"]!}/swagger").ExpectAsync(200);
        Assert.StartsWith("3.0", (string)definition["openapi"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ByUrl_OnlyFromWhereAnOperatorAllowsIt()
    {
        await using var files = await TestBackend.StartAsync();
        files.Answer = http => http.Response.WriteAsync(Swagger);
        var name = shared.NewName("Fetched");
        var allowed = files.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/swagger.json";
        await ImportAsync(name, ("url", Encoding.UTF8.GetBytes(allowed))).ExpectAsync(201);
        files.Forget();

        string[] forbidden = [files.Url + "/swagger.json", "http://169.254.169.254/latest/", "http://[::1]:9443/", "file:///etc/passwd", "nonsense"];
        foreach (var url in forbidden)
        {
            await ImportAsync(shared.NewName("Fetched"), ("url", Encoding.UTF8.GetBytes(url))).ExpectErrorAsync(400, "900754");
        }

        files.Answer = http =>
        {
            http.Response.Redirect(files.Url + "/elsewhere");
            return Task.CompletedTask;
        };
        await ImportAsync(shared.NewName("Fetched"), ("url", Encoding.UTF8.GetBytes(allowed))).ExpectErrorAsync(400, "900754");
        Assert.Equal("/swagger.json", files.TakeOnly().Target);
    }

    [Fact]
    public async Task PutDefinition_ByUrl_ReplacesIt()
    {
        await using var files = await TestBackend.StartAsync();
        files.Answer = http => http.Response.WriteAsync(Swagger);
        var id = await shared.Portal.CreateApiAsync(shared.NewName("Replaced"), shared.Backend.Url);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(files.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), "url" },
        };
        await shared.Admin.SendAsync(HttpMethod.Put, $"{Apis}/{id}/swagger", form).ExpectAsync(200);
        var api = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        Assert.Equal("/old/{id}", (string)api["operations"]![0]!["target"]!);
    }

    [Fact]
    public async Task Import_ArchiveOfSeveralFiles_PutsThemTogether()
    {
        var api = await ImportAsync(shared.NewName("Zipped"), ("file", Zip(
            ("openapi.yaml", "openapi: 3.0.3\ninfo: { title: Zip, version: '1' }\npaths: { /a: { $ref: paths/a.yaml } }"),
            ("paths/a.yaml", "get: { responses: { '200': { description: ok } } }")))).ExpectAsync(201);
        Assert.Equal("/a", (string)api["operations"]![0]!["target"]!);
        await ImportAsync(shared.NewName("Zipped"), ("file", Zip(("../openapi.yaml", "openapi: 3.0.3")))).ExpectErrorAsync(400, "900754");
    }

    [Fact]
    public async Task ValidateOpenApi_GoodOrBad_SaysSoAndSavesNothing()
    {
        var good = await ValidateAsync("?returnContent=true", Swagger).ExpectAsync(200);
        Assert.True((bool)good["isValid"]!);
        Assert.Equal(("Old", "2.1", "2.0"), ((string)good["info"]!["name"]!, (string)good["info"]!["version"]!, (string)good["info"]!["openAPIVersion"]!));
        Assert.Single(good["info"]!["operations"]!.AsArray());
        Assert.Contains("/old/{id}", (string)good["content"]!, StringComparison.Ordinal);

        var bad = await ValidateAsync("", "{\"openapi\": \"3.0.0\"}").ExpectAsync(200);
        Assert.False((bool)bad["isValid"]!);
        Assert.Equal("900754", (string)bad["errors"]![0]!["code"]!);
        Assert.Null(bad["content"]);
    }

    [Fact]
    public async Task Validate_NameOrContext_IsFoundWhenTaken()
    {
        var name = shared.NewName("Taken");
        await shared.Portal.CreateApiAsync(name, shared.Backend.Url);
        Assert.Equal(200, (await shared.Admin.PostAsync($"{Apis}/validate?query=name:{name.ToUpperInvariant()}")).Code);
        Assert.Equal(200, (await shared.Admin.PostAsync($"{Apis}/validate?query=context:/{name.ToLowerInvariant()}")).Code);
        await shared.Admin.PostAsync($"{Apis}/validate?query=name:{name}x").ExpectErrorAsync(404, "404");
        await shared.Admin.PostAsync($"{Apis}/validate?query=colour:red").ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task ValidateEndpoint_AllowedHost_SaysWhatItAnswers()
    {
        await using var backend = await TestBackend.StartAsync();
        backend.Answer = http =>
        {
            http.Response.StatusCode = 405;
            return Task.CompletedTask;
        };
        var reached = await EndpointAsync(backend.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Equal(405, (int)reached["statusCode"]!);
        var forbidden = await EndpointAsync(backend.Url);
        Assert.Equal(0, (int)forbidden["statusCode"]!);
        Assert.NotEmpty((string)forbidden["error"]!);
        Assert.Single(backend.Requests);
    }

    private Task<JsonNode> EndpointAsync(string url) =>
        shared.Admin.PostAsync($"{Apis}/validate-endpoint?endpointUrl={Uri.EscapeDataString(url)}").ExpectAsync(200);

    private async Task<Answer> ValidateAsync(string query, string document)
    {
        using var form = new MultipartFormDataContent { { new StringContent(document), "inlineAPIDefinition" } };
        return await shared.Admin.SendAsync(HttpMethod.Post, $"{Apis}/validate-openapi{query}", form);
    }

    private async Task<Answer> ImportAsync(string name, (string Field, byte[] Content) document)
    {
        var settings = new JsonObject { ["name"] = name, ["context"] = "/" + name.ToLowerInvariant() };
        using var form = new MultipartFormDataContent { { new StringContent(settings.ToJsonString()), "additionalProperties" } };
        var part = new ByteArrayContent(document.Content);
        if (document.Field == "file")
        {
            form.Add(part, "file", "definition");
        }
        else
        {
            form.Add(part, document.Field);
        }

        return await shared.Admin.SendAsync(HttpMethod.Post, Apis + "/import-openapi", form);
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return buffer.ToArray();
    }
}
