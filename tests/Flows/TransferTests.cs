using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>An API leaves one node as an archive and arrives on another as the same API, or not at all.</summary>
public sealed class TransferTests(SharedNode shared, TransferTests.OtherNode other) : IClassFixture<TransferTests.OtherNode>
{
    private const string Apis = Portal.Publisher + "/apis";
    private const string Products = Portal.Publisher + "/api-products";

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    // What each system gives its own.
    private static readonly string[] Own = ["id", "createdTime", "lastUpdatedTime", "lastUpdatedTimestamp", "updatedTime"];

    [Theory]
    [InlineData("YAML")]
    [InlineData("JSON")]
    public async Task Export_ImportedIntoAnEmptySystem_MakesAnEqualApi(string format)
    {
        var (name, id) = await RichApiAsync();
        var archive = await ExportAsync($"apiId={id}&latestRevision=true&format={format}");
        Assert.Contains(archive.Names, entry => entry == $"{name}-1.0.0/api.{format.ToLowerInvariant()}");

        var answer = await ImportAsync(other.Admin, archive.Bytes).ExpectAsync(200);
        var there = (string)answer["id"]!;
        Assert.Equal("1", (string)answer["revision"]!);
        Assert.Equal(
            Without(await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200)),
            Without(await other.Admin.GetAsync($"{Apis}/{there}").ExpectAsync(200)));
        Assert.Equal((await shared.Admin.GetAsync($"{Apis}/{id}/swagger")).Body, (await other.Admin.GetAsync($"{Apis}/{there}/swagger")).Body);
        Assert.Equal(await DocumentsAsync(shared.Admin, id), await DocumentsAsync(other.Admin, there));
        Assert.Equal(
            await shared.Http.GetByteArrayAsync($"{shared.Node.ManagementUrl}{Portal.DevPortal}/apis/{id}/thumbnail"),
            await other.Http.GetByteArrayAsync($"{other.Node.ManagementUrl}{Portal.DevPortal}/apis/{there}/thumbnail"));

        var consumer = await other.Portal.ConsumerAsync("For" + name);
        await other.Portal.SubscribeAsync(there, consumer);
        var token = await other.Portal.TokenAsync(consumer);
        await Wait.UntilAsync("the imported API to serve", TimeSpan.FromSeconds(5), async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{other.Node.GatewayUrl}/{name.ToLowerInvariant()}/1.0.0/pets/7");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await other.Http.SendAsync(request);
            return (int)response.StatusCode == 200;
        });
    }

    [Fact]
    public async Task Import_Twice_NeedsOverwriteAndRotatesRevisions()
    {
        var (name, id) = await RichApiAsync();
        var archive = await ExportAsync($"name={name}&version=1.0.0&providerName=admin");
        await ImportAsync(shared.Admin, archive.Bytes).ExpectErrorAsync(409, "900300");
        var api = await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200);
        api["description"] = "changed meanwhile";
        await shared.Admin.PutAsync($"{Apis}/{id}", api).ExpectAsync(200);
        for (var i = 2; i <= 5; i++)
        {
            Assert.Equal($"{i}", (string)(await ImportAsync(shared.Admin, archive.Bytes, "?overwrite=true").ExpectAsync(200))["revision"]!);
        }

        Assert.Equal("Rich in everything", (string)(await shared.Admin.GetAsync($"{Apis}/{id}").ExpectAsync(200))["description"]!);
        await ImportAsync(shared.Admin, archive.Bytes, "?overwrite=true").ExpectErrorAsync(400, "900351");
        Assert.Equal("6", (string)(await ImportAsync(shared.Admin, archive.Bytes, "?overwrite=true&rotateRevision=true").ExpectAsync(200))["revision"]!);
        Assert.Equal(5, (int)(await shared.Admin.GetAsync($"{Apis}/{id}/revisions").ExpectAsync(200))["count"]!);
        Assert.Equal(2, (int)(await shared.Admin.GetAsync($"{Apis}/{id}/documents").ExpectAsync(200))["count"]!);
    }

    [Theory]
    [InlineData("api.yaml", "context: ", "context: /elsewhere#", "400")]
    [InlineData("deployment_environments.yaml", "Default", "Nowhere", "900504")]
    [InlineData("api.yaml", "lifeCycleStatus: PUBLISHED", "lifeCycleStatus: FLOATING", "903234")]
    [InlineData("api.yaml", "provider: admin", "provider: nobody", "400")]
    [InlineData("Image/icon.png", "PNG", "GNP", "901002")]
    [InlineData("Docs/Guide/document.yaml", "type: HOWTO", "type: PUBLIC_FORUM", "400")]
    public async Task Import_WithOnePartThatIsWrong_SavesNothing(string part, string old, string replacement, string code)
    {
        var (name, id) = await RichApiAsync();
        var archive = (await ExportAsync($"apiId={id}")).Replace($"{name}-1.0.0/{part}", old, replacement);
        var answer = await ImportAsync(other.Admin, archive.Bytes);
        Assert.True(answer.Code == 400, answer.Body);
        Assert.True(code is "400" || answer.ErrorCode == code, answer.Body);
        Assert.Equal(0, (int)(await other.Admin.GetAsync($"{Apis}?query={name}").ExpectAsync(200))["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Import_UnsafeArchive_IsRefused()
    {
        var (name, id) = await RichApiAsync();
        var archive = await ExportAsync($"apiId={id}");
        foreach (var path in (string[])["../evil.txt", "/etc/passwd", $"{name}-1.0.0/API.YAML", $"{name}-1.0.0/Policies/addHeader.yaml"])
        {
            await ImportAsync(other.Admin, archive.With(path, "x"u8.ToArray()).Bytes).ExpectErrorAsync(400, "400");
        }

        await ImportAsync(other.Admin, archive.With($"{name}-1.0.0/Docs/bomb.txt", new byte[30 * 1024 * 1024]).Bytes).ExpectErrorAsync(400, "400");
        await ImportAsync(other.Admin, archive.Bytes[..^200]).ExpectErrorAsync(400, "400");
        await ImportAsync(other.Admin, "no zip"u8.ToArray()).ExpectErrorAsync(400, "400");
        Assert.Equal(0, (int)(await other.Admin.GetAsync($"{Apis}?query={name}").ExpectAsync(200))["pagination"]!["total"]!);
    }

    [Fact]
    public async Task Export_OfWhatIsNotThere_Answers404AndCredentialsNeedTheScope()
    {
        await shared.Admin.GetAsync($"{Apis}/export?apiId=nothing").ExpectErrorAsync(404, "900308");
        await shared.Admin.GetAsync($"{Apis}/export?name=Nothing&version=1").ExpectErrorAsync(404, "900308");
        await shared.Admin.GetAsync($"{Apis}/export").ExpectErrorAsync(400, "400");
        var (_, id) = await RichApiAsync();
        await shared.Admin.GetAsync($"{Apis}/export?apiId={id}&revisionNumber=77").ExpectErrorAsync(404, "900347");
        await shared.Admin.GetAsync($"{Apis}/export?apiId={id}&format=XML").ExpectErrorAsync(400, "400");

        var creator = shared.NewName("creator");
        await shared.Admin.PostAsync(
            $"{Portal.Admin}/users",
            new JsonObject { ["userName"] = creator, ["password"] = "long-enough-1", ["roles"] = new JsonArray("Internal/creator") }).ExpectAsync(201);
        var caller = Caller.Basic(shared.Http, shared.Node.ManagementUrl, creator, "long-enough-1");
        Assert.Equal(200, (await caller.GetAsync($"{Apis}/export?apiId={id}")).Code);
        await caller.GetAsync($"{Apis}/export?apiId={id}&preserveCredentials=true").ExpectErrorAsync(403, "403");
    }

    [Fact]
    public async Task Product_ExportedAndImportedWithItsApis_IsEqualAndServes()
    {
        var (part, partId) = await RichApiAsync();
        var name = shared.NewName("Bundle");
        var product = await shared.Admin.PostAsync(Products, Product(name, partId)).ExpectAsync(201);
        var archive = await ExportAsync($"name={name}&version=1.0.0", Products);
        Assert.Contains($"{name}-1.0.0/APIs/{part}-1.0.0/api.yaml", archive.Names);

        Assert.Equal(400, (await ImportAsync(other.Admin, archive.Bytes, path: Products)).Code);
        await ImportAsync(other.Admin, archive.Bytes, "?importAPIs=true", Products).ExpectAsync(200);
        var there = (await other.Admin.GetAsync($"{Products}?query={name}").ExpectAsync(200))["list"]![0]!["id"]!;
        var imported = await other.Admin.GetAsync($"{Products}/{there}").ExpectAsync(200);
        Assert.NotEqual(partId, (string)imported["apis"]![0]!["apiId"]!);
        foreach (var one in (JsonNode[])[product, imported])
        {
            one["apis"]![0]!.AsObject().Remove("apiId");
        }

        Assert.Equal(Without(product), Without(imported));
        await ImportAsync(other.Admin, archive.Bytes, "?importAPIs=true", Products).ExpectErrorAsync(409, "900300");
        await ImportAsync(other.Admin, archive.Bytes, "?overwriteAPIProduct=true&overwriteAPIs=true", Products).ExpectAsync(200);
    }

    private static JsonObject Product(string name, string apiId) => new()
    {
        ["name"] = name,
        ["context"] = "/" + name.ToLowerInvariant(),
        ["policies"] = new JsonArray("Unlimited"),
        ["apis"] = new JsonArray(new JsonObject { ["apiId"] = apiId }),
    };

    // Everything an archive can carry.
    private async Task<(string Name, string Id)> RichApiAsync()
    {
        var name = shared.NewName("Rich");
        var id = await shared.Portal.PublishAsync(name, shared.Backend.Url, new JsonObject
        {
            ["description"] = "Rich in everything",
            ["tags"] = new JsonArray("a", "b c"),
            ["isDefaultVersion"] = true,
            ["additionalProperties"] = new JsonArray(new JsonObject { ["name"] = "team", ["value"] = "true", ["display"] = true }),
            ["businessInformation"] = new JsonObject { ["businessOwner"] = "Jane: Doe", ["businessOwnerEmail"] = "jane@example.org" },
            ["operations"] = new JsonArray(
                new JsonObject { ["target"] = "/pets/{petId}", ["verb"] = "GET" },
                new JsonObject { ["target"] = "/pets", ["verb"] = "POST", ["throttlingPolicy"] = "10KPerMin", ["authType"] = "Application" }),
        });
        var documents = $"{Apis}/{id}/documents";
        await shared.Admin.PostAsync(documents, Document("Guide", "MARKDOWN", "# Title\n\n*text*: yes\n")).ExpectAsync(201);
        var file = (string)(await shared.Admin.PostAsync(documents, Document("Manual: part 1", "FILE", null)).ExpectAsync(201))["documentId"]!;
        await shared.Admin.SendAsync(HttpMethod.Post, $"{documents}/{file}/content", Form("manual.pdf", "%PDF-1.7 x"u8.ToArray())).ExpectAsync(200);
        await shared.Admin.SendAsync(HttpMethod.Put, $"{Apis}/{id}/thumbnail", Form("icon.png", Png)).ExpectAsync(200);
        return (name, id);
    }

    private static JsonObject Document(string name, string source, string? text)
    {
        var document = new JsonObject
        {
            ["name"] = name,
            ["type"] = "HOWTO",
            ["summary"] = "How to",
            ["sourceType"] = source,
            ["visibility"] = "API_LEVEL",
        };
        if (text is not null)
        {
            document["inlineContent"] = text;
        }

        return document;
    }

    private async Task<Archive> ExportAsync(string query, string path = Apis)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{shared.Node.ManagementUrl}{path}/export?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{TestHome.AdminPassword}")));
        using var response = await shared.Http.SendAsync(request);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        return new Archive(await response.Content.ReadAsByteArrayAsync());
    }

    private static Task<Answer> ImportAsync(Caller caller, byte[] archive, string query = "", string path = Apis) =>
        caller.SendAsync(HttpMethod.Post, $"{path}/import{query}", Form("api.zip", archive));

    private static MultipartFormDataContent Form(string name, byte[] content) => new() { { new ByteArrayContent(content), "file", name } };

    private static string Without(JsonNode api)
    {
        foreach (var field in Own)
        {
            api.AsObject().Remove(field);
        }

        return api.ToJsonString();
    }

    private static async Task<string> DocumentsAsync(Caller caller, string apiId)
    {
        var all = new StringBuilder();
        foreach (var document in (await caller.GetAsync($"{Apis}/{apiId}/documents").ExpectAsync(200))["list"]!.AsArray())
        {
            var content = await caller.GetAsync($"{Apis}/{apiId}/documents/{document!["documentId"]}/content");
            all.AppendLine($"{document["name"]} {document["type"]} {document["sourceType"]} {document["fileName"]} {document["summary"]} {content.Body}");
        }

        return all.ToString();
    }

    /// <summary>The bytes of a zip archive with its entries' names.</summary>
    private sealed record Archive(byte[] Bytes)
    {
        public IReadOnlyList<string> Names
        {
            get
            {
                using var zip = new ZipArchive(new MemoryStream(Bytes));
                return [.. zip.Entries.Select(entry => entry.FullName)];
            }
        }

        public Archive With(string name, byte[] content)
        {
            var buffer = new MemoryStream();
            buffer.Write(Bytes);
            using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }

            return new Archive(buffer.ToArray());
        }

        /// <summary>One entry with a text in it replaced, byte for byte (Latin-1).</summary>
        public Archive Replace(string name, string old, string replacement)
        {
            var buffer = new MemoryStream();
            buffer.Write(Bytes);
            using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
            {
                var entry = zip.GetEntry(name) ?? throw new InvalidOperationException($"no {name} in {string.Join(", ", Names)}");
                string text;
                using (var reader = new StreamReader(entry.Open(), Encoding.Latin1))
                {
                    text = reader.ReadToEnd();
                }

                Assert.Contains(old, text);
                entry.Delete();
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.Latin1.GetBytes(text.Replace(old, replacement)));
            }

            return new Archive(buffer.ToArray());
        }
    }

    /// <summary>A second system, empty at first.</summary>
    public sealed class OtherNode : IAsyncLifetime
    {
        private readonly TestHome _home = new();

        public TestNode Node { get; private set; } = null!;

        public HttpClient Http { get; private set; } = new();

        public Caller Admin { get; private set; } = null!;

        public Portal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Node = await TestNode.StartAsync(_home);
            Http = Node.CreateClient();
            Admin = Caller.Basic(Http, Node.ManagementUrl, "admin", TestHome.AdminPassword);
            Portal = new Portal(Admin, Node.ManagementUrl);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await Node.DisposeAsync();
            _home.Dispose();
        }
    }
}
