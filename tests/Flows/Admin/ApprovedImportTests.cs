using System.IO.Compression;
using System.Text.Json.Nodes;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Admin;

/// <summary>Imports and API products where an organization wants approvals: nothing gets around them.</summary>
public sealed class ApprovedImportTests(SharedNode shared)
{
    private const string Applications = Portal.DevPortal + "/applications";
    private const string Apis = Portal.Publisher + "/apis";
    private const string Products = Portal.Publisher + "/api-products";

    [Fact]
    public async Task ApiImport_WithWhatWaitsForApproval_IsRefusedAndTheRestIsImported()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared);
        var id = await tenant.Portal.CreateApiAsync(shared.NewName("Moved"), shared.Backend.Url);
        var plain = await ExportAsync(tenant, id);
        await tenant.Portal.DeployAsync(id);
        var deployed = await ExportAsync(tenant, id, "&latestRevision=true");
        await tenant.Caller.PostAsync($"{Apis}/change-lifecycle?apiId={id}&action=Publish").ExpectAsync(200);
        var published = await ExportAsync(tenant, id);
        await tenant.Caller.DeleteAsync($"{Apis}/{id}").ExpectAsync(200);

        await tenant.WantAsync("APIStateChange");
        await ImportAsync(tenant, $"{Apis}/import", published).ExpectErrorAsync(400, "903234");
        await tenant.WantAsync("APIRevisionDeployment");
        await ImportAsync(tenant, $"{Apis}/import", deployed).ExpectErrorAsync(400, "400");
        Assert.Equal(0, (int)(await tenant.Caller.GetAsync(Apis).ExpectAsync(200))["count"]!);
        await tenant.WantAsync("APIStateChange", "APIRevisionDeployment");
        await ImportAsync(tenant, $"{Apis}/import", plain).ExpectAsync(200);
        await tenant.WantAsync();
        await ImportAsync(tenant, $"{Apis}/import?overwrite=true", published).ExpectAsync(200);
    }

    [Fact]
    public async Task ApplicationImport_OfWhatWaitsForApproval_Waits()
    {
        var tenant = await ApprovingOrganization.MakeAsync(
            shared, "ApplicationCreation", "ApplicationUpdate", "SubscriptionCreation", "ProductionApplicationRegistration");
        var api = shared.NewName("Cargo");
        await tenant.Portal.PublishAsync(api, shared.Backend.Url);
        var archive = Archive(api);
        var path = $"{Applications}/import?update=true";
        await ImportAsync(tenant, path, archive).ExpectAsync(207);
        var listed = (await tenant.Caller.GetAsync(Applications).ExpectAsync(200))["list"]!.AsArray().Single()!;
        Assert.Equal("CREATED", (string)listed["status"]!);
        var id = (string)listed["applicationId"]!;
        await tenant.DecideOnlyAsync("AM_APPLICATION_CREATION", "APPROVED");
        await tenant.NoTaskAsync();

        await ImportAsync(tenant, path, archive).ExpectAsync(200);
        var read = await tenant.Caller.GetAsync($"{Applications}/{id}").ExpectAsync(200);
        Assert.Equal(("UPDATE_PENDING", "CREATED"), ((string)read["status"]!, (string)read["keys"]![0]!["keyState"]!));
        var subscription = (await tenant.Caller.GetAsync($"{Portal.DevPortal}/subscriptions?applicationId={id}").ExpectAsync(200))["list"]![0]!;
        Assert.Equal("ON_HOLD", (string)subscription["status"]!);
        await tenant.DecideOnlyAsync("AM_APPLICATION_REGISTRATION_PRODUCTION", "APPROVED");
        await tenant.DecideOnlyAsync("AM_SUBSCRIPTION_CREATION", "APPROVED");
        await tenant.DecideOnlyAsync("AM_APPLICATION_UPDATE", "APPROVED");
        read = await tenant.Caller.GetAsync($"{Applications}/{id}").ExpectAsync(200);
        Assert.Equal(("APPROVED", "COMPLETED"), ((string)read["status"]!, (string)read["keys"]![0]!["keyState"]!));
    }

    [Fact]
    public async Task ProductStep_UntilItIsApproved_DoesNotHappen()
    {
        var tenant = await ApprovingOrganization.MakeAsync(shared, "APIProductStateChange");
        var api = await tenant.Portal.PublishAsync(shared.NewName("Part"), shared.Backend.Url);
        var name = shared.NewName("Bundle");
        var body = new JsonObject
        {
            ["name"] = name,
            ["context"] = "/" + name.ToLowerInvariant(),
            ["policies"] = new JsonArray("Unlimited"),
            ["apis"] = new JsonArray(new JsonObject { ["apiId"] = api }),
        };
        var id = (string)(await tenant.Caller.PostAsync(Products, body).ExpectAsync(201))["id"]!;
        var publish = $"{Products}/change-lifecycle?apiProductId={id}&action=Publish";
        var pending = $"{Products}/{id}/lifecycle-state/pending-tasks";
        Assert.Equal("CREATED", (string)(await tenant.Caller.PostAsync(publish).ExpectAsync(200))["workflowStatus"]!);
        await tenant.Caller.PostAsync(publish).ExpectErrorAsync(409, "900550");
        await tenant.Caller.DeleteAsync(pending).ExpectAsync(200);
        await tenant.Caller.DeleteAsync(pending).ExpectErrorAsync(412, "900551");
        await tenant.Caller.PostAsync(publish).ExpectAsync(200);
        Assert.Equal("CREATED", (string)(await tenant.Caller.GetAsync($"{Products}/{id}").ExpectAsync(200))["state"]!);
        await tenant.DecideOnlyAsync("AM_API_PRODUCT_STATE", "APPROVED");
        Assert.Equal("PUBLISHED", (string)(await tenant.Caller.GetAsync($"{Products}/{id}").ExpectAsync(200))["state"]!);
    }

    private static async Task<byte[]> ExportAsync(ApprovingOrganization tenant, string id, string more = "")
    {
        var answer = await tenant.Caller.GetAsync($"{Apis}/export?apiId={id}{more}");
        Assert.Equal(200, answer.Code);
        return await answer.Message.Content.ReadAsByteArrayAsync();
    }

    private static Task<Answer> ImportAsync(ApprovingOrganization tenant, string path, byte[] archive) => tenant.Caller.SendAsync(
        HttpMethod.Post, path, new MultipartFormDataContent { { new ByteArrayContent(archive), "file", "archive.zip" } });

    private static byte[] Archive(string api)
    {
        var document = new JsonObject
        {
            ["type"] = "application",
            ["data"] = new JsonObject
            {
                ["applicationInfo"] = new JsonObject { ["name"] = "Packed", ["owner"] = "root", ["throttlingPolicy"] = "Unlimited" },
                ["subscriptions"] = new JsonArray(new JsonObject { ["apiName"] = api, ["apiVersion"] = "1.0.0", ["throttlingPolicy"] = "Gold" }),
                ["keys"] = new JsonArray(
                    new JsonObject { ["keyType"] = "PRODUCTION", ["supportedGrantTypes"] = new JsonArray("client_credentials") }),
            },
        };
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("a/application.json").Open());
            writer.Write(document.ToJsonString());
        }

        return buffer.ToArray();
    }
}
