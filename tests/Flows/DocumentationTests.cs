using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Documents and icons of an API: written in the publisher portal, read in the developer portal.</summary>
public sealed class DocumentationTests(SharedNode shared)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13];

    private Caller Admin => shared.Admin;

    private Caller Anonymous => new(shared.Http, shared.Node.ManagementUrl, null);

    [Fact]
    public async Task Document_WrittenChangedAndRemoved_IsWhatDevelopersRead()
    {
        var (own, open) = await PathsAsync();
        var created = await Admin.SendAsync(HttpMethod.Post, own, Json(Document("Guide", "MARKDOWN")));
        Assert.Equal(201, created.Code);
        var id = (string)created.Json["documentId"]!;
        Assert.EndsWith("/documents/" + id, created.Header("Location"));
        Assert.Equal("admin", (string)created.Json["createdBy"]!);
        await Anonymous.GetAsync($"{open}/{id}/content").ExpectErrorAsync(404, "404");

        await Admin.SendAsync(HttpMethod.Post, $"{own}/{id}/content", Form(("inlineContent", "# Hello, wörld"))).ExpectAsync(200);
        var content = await Anonymous.GetAsync($"{open}/{id}/content");
        Assert.Equal((200, "# Hello, wörld"), (content.Code, content.Body));
        Assert.StartsWith("attachment", content.Header("Content-Disposition"));
        Assert.Equal("nosniff", content.Header("X-Content-Type-Options"));

        var read = await Admin.GetAsync($"{own}/{id}");
        var changed = read.Json;
        changed["summary"] = "Changed";
        await Admin.PutAsync($"{own}/{id}", changed, "\"1\"").ExpectErrorAsync(412, "412");
        Assert.Equal("Changed", (string)(await Admin.PutAsync($"{own}/{id}", changed, read.Header("ETag")).ExpectAsync(200))["summary"]!);
        var listed = await Anonymous.GetAsync(open).ExpectAsync(200);
        Assert.Equal((1, 1, "Changed"), ((int)listed["count"]!, (int)listed["pagination"]!["total"]!, (string)listed["list"]![0]!["summary"]!));

        await Admin.DeleteAsync($"{own}/{id}").ExpectAsync(200);
        await Anonymous.GetAsync($"{open}/{id}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Document_NameThatIsTaken_Answers409AndValidateSaysSo()
    {
        var (own, _) = await PathsAsync();
        await Admin.PostAsync(own, Document("Taken", "INLINE")).ExpectAsync(201);
        await Admin.PostAsync(own, Document("TAKEN", "INLINE")).ExpectErrorAsync(409, "900312");
        await Admin.PostAsync($"{own}/validate?name=taken").ExpectAsync(200);
        await Admin.PostAsync($"{own}/validate?name=free").ExpectErrorAsync(404, "404");
    }

    [Theory]
    [InlineData("type", "NOVEL", 400)]
    [InlineData("type", "PUBLIC_FORUM", 400)]
    [InlineData("type", "OTHER", 400)]
    [InlineData("name", "", 400)]
    [InlineData("visibility", "OWNER_ONLY", 400)]
    [InlineData("colour", "red", 400)]
    public async Task Document_AgainstTheRules_IsRefusedAndNotSaved(string field, string value, int status)
    {
        var (own, _) = await PathsAsync();
        var document = Document("Odd", "INLINE");
        document[field] = value;
        await Admin.PostAsync(own, document).ExpectErrorAsync(status, $"{status}");
        Assert.Equal(0, (int)(await Admin.GetAsync(own).ExpectAsync(200))["count"]!);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("no url")]
    [InlineData(null)]
    public async Task Document_UrlThatIsNoWebAddress_IsRefused(string? url)
    {
        var (own, _) = await PathsAsync();
        var document = Document("Link", "URL");
        document["sourceUrl"] = url;
        await Admin.PostAsync(own, document).ExpectErrorAsync(400, "400");
    }

    [Fact]
    public async Task Document_OfTheSourceUrl_Answers303()
    {
        var (own, open) = await PathsAsync();
        var document = Document("Link", "URL");
        document["sourceUrl"] = "https://docs.example.org/a?b=c";
        document["type"] = "PUBLIC_FORUM";
        var id = (string)(await Admin.PostAsync(own, document).ExpectAsync(201))["documentId"]!;
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(handler);
        var answer = await new Caller(http, shared.Node.ManagementUrl, null).GetAsync($"{open}/{id}/content");
        Assert.Equal((303, "https://docs.example.org/a?b=c"), (answer.Code, answer.Header("Location")));
        await Admin.SendAsync(HttpMethod.Post, $"{own}/{id}/content", Form(("inlineContent", "x"))).ExpectErrorAsync(400, "400");
    }

    [Theory]
    [InlineData("evil.exe", "MZ", 415)]
    [InlineData("page.html", "<script>", 415)]
    [InlineData("fake.pdf", "no pdf", 400)]
    [InlineData("fake.docx", "no zip", 400)]
    [InlineData("binary.txt", "a\0b", 400)]
    public async Task Document_FileOfAWrongKind_IsRefused(string name, string content, int status)
    {
        var (own, _) = await PathsAsync();
        var id = (string)(await Admin.PostAsync(own, Document("File", "FILE")).ExpectAsync(201))["documentId"]!;
        await Admin.SendAsync(HttpMethod.Post, $"{own}/{id}/content", File(name, Encoding.UTF8.GetBytes(content))).ExpectErrorAsync(status, $"{status}");
    }

    [Fact]
    public async Task Document_FileUpToTheLimit_IsKeptAndALargerOneRefused()
    {
        var (own, open) = await PathsAsync();
        var id = (string)(await Admin.PostAsync(own, Document("File", "FILE")).ExpectAsync(201))["documentId"]!;
        var content = new byte[10 * 1024 * 1024];
        Random.Shared.NextBytes(content);
        "%PDF-"u8.CopyTo(content);
        await Admin.SendAsync(HttpMethod.Post, $"{own}/{id}/content", File("large.pdf", content)).ExpectAsync(200);
        Assert.Equal(content, await shared.Http.GetByteArrayAsync($"{shared.Node.ManagementUrl}{open}/{id}/content"));
        await Admin.SendAsync(HttpMethod.Post, $"{own}/{id}/content", File("larger.pdf", [.. content, 0])).ExpectErrorAsync(413, "413");
    }

    [Fact]
    public async Task Document_FileWithAPathAsItsName_KeepsTheNameAsDataOnly()
    {
        var (own, open) = await PathsAsync();
        var id = (string)(await Admin.PostAsync(own, Document("File", "FILE")).ExpectAsync(201))["documentId"]!;
        var stored = await Admin.SendAsync(
            HttpMethod.Post, $"{own}/{id}/content", File("../../etc/cron.d/job.pdf", "%PDF-1.7 \u00e4"u8.ToArray())).ExpectAsync(200);
        Assert.Equal("job.pdf", (string)stored["fileName"]!);
        var content = await Anonymous.GetAsync($"{open}/{id}/content");
        Assert.Equal("application/pdf", content.Header("Content-Type"));
        Assert.Contains("job.pdf", content.Header("Content-Disposition"));
        Assert.Equal("%PDF-1.7 \u00e4", content.Body);
    }

    [Fact]
    public async Task Document_Private_IsHiddenFromVisitors()
    {
        var (own, open) = await PathsAsync();
        var document = Document("Inside", "INLINE");
        document["visibility"] = "PRIVATE";
        var id = (string)(await Admin.PostAsync(own, document).ExpectAsync(201))["documentId"]!;
        Assert.Equal(0, (int)(await Anonymous.GetAsync(open).ExpectAsync(200))["pagination"]!["total"]!);
        await Anonymous.GetAsync($"{open}/{id}").ExpectErrorAsync(404, "404");
        await Admin.GetAsync($"{open}/{id}").ExpectAsync(200);
    }

    [Fact]
    public async Task Document_OfAnotherApi_ReadsAsNotThere()
    {
        var (own, _) = await PathsAsync();
        var (other, _) = await PathsAsync();
        var id = (string)(await Admin.PostAsync(own, Document("Mine", "INLINE")).ExpectAsync(201))["documentId"]!;
        await Admin.GetAsync($"{other}/{id}").ExpectErrorAsync(404, "404");
        await Admin.DeleteAsync($"{other}/{id}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Thumbnail_Uploaded_IsShownAndSurvivesAnUpdateThatOmitsIt()
    {
        var apiId = await shared.Portal.PublishAsync(shared.NewName("Iconic"), shared.Backend.Url);
        var (own, open) = ($"{Portal.Publisher}/apis/{apiId}", $"{Portal.DevPortal}/apis/{apiId}");
        await Admin.GetAsync(own + "/thumbnail").ExpectErrorAsync(404, "901001");
        var info = await Admin.SendAsync(HttpMethod.Put, own + "/thumbnail", File("icon.gif", Png)).ExpectAsync(200);
        Assert.Equal("image/png", (string)info["mediaType"]!);

        var api = await Admin.GetAsync(own).ExpectAsync(200);
        Assert.True((bool)api["hasThumbnail"]!);
        api.AsObject().Remove("hasThumbnail");
        await Admin.PutAsync(own, api).ExpectAsync(200);
        var shown = await Anonymous.GetAsync(open + "/thumbnail");
        Assert.Equal((200, "image/png"), (shown.Code, shown.Header("Content-Type")));
        Assert.True((bool)(await Anonymous.GetAsync(open).ExpectAsync(200))["hasThumbnail"]!);
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", true)]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>", false)]
    [InlineData("<html><body/></html>", false)]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">", false)]
    public async Task Thumbnail_Svg_IsServedInASandboxAndRefusedWithADocumentType(string svg, bool accepted)
    {
        var apiId = await shared.Portal.CreateApiAsync(shared.NewName("Vector"), shared.Backend.Url);
        var path = $"{Portal.Publisher}/apis/{apiId}/thumbnail";
        var answer = await Admin.SendAsync(HttpMethod.Put, path, File("icon.svg", Encoding.UTF8.GetBytes(svg)));
        Assert.Equal(accepted ? 200 : 400, answer.Code);
        var shown = await Admin.GetAsync(path);
        Assert.Equal(accepted ? 200 : 404, shown.Code);
        Assert.True(!accepted || shown.Header("Content-Security-Policy")!.Contains("sandbox", StringComparison.Ordinal));
    }

    // A published API's documents, for publishers and for developers.
    private async Task<(string Own, string Open)> PathsAsync()
    {
        var id = await shared.Portal.PublishAsync(shared.NewName("Documented"), shared.Backend.Url);
        return ($"{Portal.Publisher}/apis/{id}/documents", $"{Portal.DevPortal}/apis/{id}/documents");
    }

    private static JsonObject Document(string name, string source) => new()
    {
        ["name"] = name,
        ["type"] = "HOWTO",
        ["summary"] = "How to",
        ["sourceType"] = source,
        ["visibility"] = "API_LEVEL",
    };

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static MultipartFormDataContent File(string name, byte[] content)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { part, "file", name } };
    }
}
