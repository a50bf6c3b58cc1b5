using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>An organization of its own that lets some kinds of requests wait, and what its administrator does about them.</summary>
public sealed class ApprovingOrganization(string domain, Caller caller, Portal portal)
{
    public const string Password = "tenant-Pass-7781";
    private const string Workflows = $"{Portal.Admin}/workflows";

    public string Domain => domain;

    public Caller Caller => caller;

    public Portal Portal => portal;

    public static async Task<ApprovingOrganization> MakeAsync(SharedNode shared, params string[] workflows)
    {
        var domain = shared.NewName("wf").ToLowerInvariant() + ".example";
        var tenant = new JsonObject
        {
            ["tenantDomain"] = domain,
            ["administrator"] = new JsonObject { ["userName"] = "root", ["password"] = Password },
        };
        await shared.Admin.PostAsync($"{Portal.Admin}/tenants", tenant).ExpectAsync(201);
        var caller = Caller.Basic(shared.Http, shared.Node.ManagementUrl, "root@" + domain, Password);
        var made = new ApprovingOrganization(domain, caller, new Portal(caller, shared.Node.ManagementUrl));
        await made.WantAsync(workflows);
        return made;
    }

    /// <summary>From now on these wait, and no others.</summary>
    public async Task WantAsync(params string[] workflows)
    {
        var executors = new JsonObject(workflows.Select(key => KeyValuePair.Create<string, JsonNode?>(key, "Approval")));
        await caller.PutAsync($"{Portal.Admin}/tenant-config", new JsonObject { ["Workflows"] = executors }).ExpectAsync(200);
    }

    public async Task<JsonNode> OnlyTaskAsync(string type)
    {
        var list = await caller.GetAsync($"{Workflows}?workflowType={type}").ExpectAsync(200);
        var task = Assert.Single(list["list"]!.AsArray())!;
        Assert.Equal(type, "AM_" + (string)task["workflowType"]!);
        return task;
    }

    public async Task NoTaskAsync() => Assert.Equal(0, (int)(await caller.GetAsync(Workflows).ExpectAsync(200))["count"]!);

    public Task<Answer> DecideAsync(JsonNode task, string status) =>
        caller.PostAsync($"{Workflows}/update-workflow-status?workflowReferenceId={task["referenceId"]}", Decision(status));

    /// <summary>Decides about the only request of a kind.</summary>
    public async Task DecideOnlyAsync(string type, string status) => await DecideAsync(await OnlyTaskAsync(type), status).ExpectAsync(200);

    public static JsonObject Decision(string status) => new() { ["status"] = status, ["description"] = "because" };
}
