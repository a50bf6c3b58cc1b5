using System.Text;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Certificates of back ends and of callers: uploaded, checked, shown, replaced, removed.</summary>
public sealed class CertificateTests(SharedNode shared)
{
    private const string Endpoints = Portal.Publisher + "/endpoint-certificates";

    [Fact]
    public async Task EndpointCertificates_FromUploadToRemoval_GoTheWholeWay()
    {
        var (alias, host) = (shared.NewName("backend-"), $"https://{shared.NewName("host")}.example.org");
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Secured"), host + "/v1");
        var pem = Pem.New("CN=backend", 30);
        var made = await UploadAsync(HttpMethod.Post, Endpoints, pem, ("alias", alias), ("endpoint", host)).ExpectAsync(200);
        Assert.Equal((alias, host), ((string?)made["alias"], (string?)made["endpoint"]));
        await UploadAsync(HttpMethod.Post, Endpoints, pem, ("alias", alias.ToUpperInvariant()), ("endpoint", host)).ExpectErrorAsync(409, "409");

        var info = await shared.Admin.GetAsync($"{Endpoints}/{alias}").ExpectAsync(200);
        Assert.Equal(("Active", "CN=backend", "3"), ((string?)info["status"], (string?)info["subject"], (string?)info["version"]));
        var listed = await shared.Admin.GetAsync($"{Endpoints}?endpoint={Uri.EscapeDataString(host)}").ExpectAsync(200);
        Assert.Equal(alias, (string?)Assert.Single(listed["certificates"]!.AsArray())!["alias"]);
        var usage = await shared.Admin.GetAsync($"{Endpoints}/{alias}/usage").ExpectAsync(200);
        Assert.Equal(api, (string?)Assert.Single(usage["list"]!.AsArray())!["id"]);
        var content = await shared.Admin.GetAsync($"{Endpoints}/{alias}/content");
        Assert.Equal(pem.Trim(), content.Body.Trim());

        await UploadAsync(HttpMethod.Put, $"{Endpoints}/{alias}", Pem.New("CN=renewed", 60)).ExpectAsync(200);
        Assert.Equal("CN=renewed", (string?)(await shared.Admin.GetAsync($"{Endpoints}/{alias}").ExpectAsync(200))["subject"]);
        await shared.Admin.DeleteAsync($"{Endpoints}/{alias}").ExpectAsync(200);
        await shared.Admin.GetAsync($"{Endpoints}/{alias}").ExpectErrorAsync(404, "404");
    }

    [Fact]
    public async Task Uploads_ThatAreNotAValidCertificate_AreRefused()
    {
        (string, string)[] fields = [("alias", shared.NewName("bad-")), ("endpoint", "https://bad.example.org")];
        var expired = await UploadAsync(HttpMethod.Post, Endpoints, Pem.New("CN=old", -1), fields).ExpectErrorAsync(400, "400");
        Assert.Contains("Certificate Expired", expired, StringComparison.Ordinal);
        await UploadAsync(HttpMethod.Post, Endpoints, "no certificate", fields).ExpectErrorAsync(400, "400");
        await UploadAsync(HttpMethod.Post, Endpoints, Pem.New("CN=x", 1), ("alias", "bad alias"), fields[1]).ExpectErrorAsync(400, "400");
        await UploadAsync(HttpMethod.Post, Endpoints, Pem.New("CN=x", 1), fields[0], ("endpoint", "backend")).ExpectErrorAsync(400, "400");
        Assert.Equal(404, (await shared.Admin.GetAsync($"{Endpoints}/{fields[0].Item2}")).Code);
    }

    [Fact]
    public async Task ClientCertificates_OfAnApi_AreKeptPerKeyTypeAndGoWithIt()
    {
        var api = await shared.Portal.CreateApiAsync(shared.NewName("Mutual"), shared.Backend.Url);
        var path = $"{Portal.Publisher}/apis/{api}";
        await UploadAsync(HttpMethod.Post, path + "/client-certs/SANDBOX", Pem.New("CN=tester", 30), ("alias", "caller"), ("tier", "Gold")).ExpectAsync(200);
        await UploadAsync(HttpMethod.Post, path + "/client-certificates", Pem.New("CN=caller", 30), ("alias", "caller"), ("tier", "Gold")).ExpectAsync(200);
        await UploadAsync(HttpMethod.Post, path + "/client-certs/PRODUCTION", Pem.New("CN=x", 30), ("alias", "caller"), ("tier", "Gold"))
            .ExpectErrorAsync(409, "409");
        await UploadAsync(HttpMethod.Post, path + "/client-certs/PRODUCTION", Pem.New("CN=x", 30), ("alias", "other"), ("tier", "Silver"))
            .ExpectErrorAsync(400, "900305");
        await UploadAsync(HttpMethod.Post, path + "/client-certs/STAGING", Pem.New("CN=x", 30), ("alias", "other"), ("tier", "Gold"))
            .ExpectErrorAsync(400, "400");

        Assert.Equal("CN=caller", (string?)(await shared.Admin.GetAsync(path + "/client-certs/PRODUCTION/caller").ExpectAsync(200))["subject"]);
        Assert.Equal("CN=tester", (string?)(await shared.Admin.GetAsync(path + "/client-certs/SANDBOX/caller").ExpectAsync(200))["subject"]);
        await UploadAsync(HttpMethod.Put, path + "/client-certs/PRODUCTION/caller", null, ("tier", "Bronze")).ExpectAsync(200);
        var listed = await shared.Admin.GetAsync(path + "/client-certs/PRODUCTION").ExpectAsync(200);
        Assert.Equal("Bronze", (string?)Assert.Single(listed["certificates"]!.AsArray())!["tier"]);
        var content = await shared.Admin.GetAsync(path + "/client-certs/SANDBOX/caller/content");
        Assert.StartsWith("-----BEGIN CERTIFICATE", content.Body, StringComparison.Ordinal);
        await shared.Admin.DeleteAsync(path + "/client-certs/PRODUCTION/caller").ExpectAsync(200);
        await shared.Admin.GetAsync(path + "/client-certificates/caller").ExpectErrorAsync(404, "404");
        await shared.Admin.DeleteAsync(path).ExpectAsync(200);
        await shared.Admin.GetAsync(path + "/client-certs/SANDBOX").ExpectErrorAsync(404, "900308");
    }

    private async Task<Answer> UploadAsync(HttpMethod method, string path, string? pem, params (string Name, string Text)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
        {
            form.Add(new StringContent(text), name);
        }

        if (pem is not null)
        {
            form.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(pem)), "certificate", "c.crt");
        }

        return await shared.Admin.SendAsync(method, path, form);
    }
}
