using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Contracts;
using Tollgate.Contracts.Check;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.Access;

/// <summary>
/// Mass assignment: what the server sets, sent back with other values, changes nothing. Which fields these are say the contracts, and a list of
/// names for what they forget.
/// </summary>
public sealed class ReadOnlyFieldTests(SharedNode shared)
{
    internal static readonly string[] ServerSet =
    [
        "id", "apiId", "policyId", "ruleId", "conditionId", "applicationId", "subscriptionId", "keyMappingId", "documentId", "organizationId",
        "name", "policyName", "userName", "provider", "owner", "organization", "createdBy", "createdTime", "createdAt", "updatedBy", "updatedTime",
        "lastUpdatedTime", "lastUpdatedBy", "lifeCycleStatus", "state", "status", "workflowStatus", "locked", "isDeployed", "isRevision",
        "revisionId", "revisionedApiId", "hasThumbnail", "subscriptionCount", "hashEnabled", "consumerKey", "consumerSecret", "keyType", "keyState",
        "keyManager", "mode", "type", "sourceType", "isReadOnly", "usageCount", "parentOrganizationId",
    ];

    // Of these the owner may choose the field that elsewhere is the server's.
    private static readonly string[] Free =
    [
        "publisher/v4/apis/{apiId}/documents/{documentId} name", "publisher/v4/apis/{apiId}/documents/{documentId} type",
        "publisher/v4/apis/{apiId}/documents/{documentId} sourceType", "publisher/v4/api-products/{apiProductId}/documents/{documentId} name",
        "publisher/v4/api-products/{apiProductId}/documents/{documentId} type",
        "publisher/v4/api-products/{apiProductId}/documents/{documentId} sourceType", "publisher/v4/apis/{apiId}/endpoints/{endpointId} name",
        "devportal/v3/applications/{applicationId} name", "admin/v4/environments/{environmentId} provider",
    ];

    [Fact]
    public async Task Application_FieldsThatTheServerSets_Stay()
    {
        var developer = await shared.DeveloperAsync();
        var consumer = await new Portal(developer, shared.Node.ManagementUrl).ConsumerAsync(shared.NewName("Kept"));
        List<string> taken = [];
        var tried = await TryAsync(
            developer, $"{Portal.DevPortal}/applications/{consumer.ApplicationId}", "devportal/v3/applications/{applicationId}", taken);
        Assert.Empty(taken);
        Assert.True(tried > 4, $"only {tried} fields");
    }

    [Fact]
    public async Task EveryResource_FieldsThatTheServerSets_Stay()
    {
        Assert.SkipUnless(Tier.IsAll, "all resources are part of ./dev test --all");
        var owner = await AuthorizationMatrixTests.OrganizationAsync(shared);
        var things = await new Making(owner, shared.Node.ManagementUrl, shared.NewName("Kept"), shared.Backend.Url).AdministratorsAsync();
        await owner.PostAsync(
            $"{Portal.Publisher}/subscriptions/block-subscription?subscriptionId={things.Ids["{subscriptionId}"]}&blockState=BLOCKED").ExpectAsync(200);
        var routes = await Route.AllAsync();
        var tried = 0;
        List<string> taken = [];
        foreach (var route in routes.Where(route => route.Method == "PUT" && Examples.Find(route) is null && things.Reaches(route)))
        {
            tried += routes.Any(other => other.Method == "GET" && other.Path == route.Path)
                ? await TryAsync(owner, things.PathOf(route), route.Path[(route.Path.IndexOf("/am/", StringComparison.Ordinal) + 4)..], taken)
                : 0;
        }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
        Assert.True(tried > 80, $"only {tried} fields");
    }

    [Fact]
    public async Task EveryNewResource_FieldsThatTheServerSets_AreNotTakenFromTheRequest()
    {
        Assert.SkipUnless(Tier.IsAll, "all resources are part of ./dev test --all");
        var owner = await AuthorizationMatrixTests.OrganizationAsync(shared);
        var making = new Making(owner, shared.Node.ManagementUrl, shared.NewName("Forged"), shared.Backend.Url) { Taken = [] };
        await making.AdministratorsAsync();
        Assert.True(making.Taken.Count == 0, string.Join('\n', making.Taken));
        Assert.True(making.Tried > 300, $"only {making.Tried} fields");
    }

    // Each field alone, so that one refusal does not hide that another one would have been taken.
    private static async Task<int> TryAsync(Caller caller, string path, string route, List<string> taken)
    {
        var first = await caller.GetAsync(path);
        var fields = first.Json.AsObject().Select(pair => pair.Key)
            .Where(name => (ServerSet.Contains(name) || IsReadOnly(path, name)) && !Free.Contains($"{route} {name}")).ToList();
        foreach (var field in fields)
        {
            var stored = (await caller.GetAsync(path).ExpectAsync(200)).AsObject();
            var (before, changed) = (stored[field]?.ToJsonString(), stored.DeepClone().AsObject());
            changed[field] = Other(stored[field]);
            var answer = await caller.PutAsync(path, changed);
            var after = (await caller.GetAsync(path).ExpectAsync(200))[field]?.ToJsonString();
            var stays = after == before || (field.Contains("pdated", StringComparison.Ordinal) && after != changed[field]?.ToJsonString());
            if (!stays || answer.Code is not (200 or 400 or 403 or 409))
            {
                taken.Add($"{route} {field}: {before} became {after}; {answer.Code} {answer.Body}");
            }
        }

        return fields.Count;
    }

    /// <summary>True when who makes such a thing may choose the field.</summary>
    internal static bool IsFree(string path, string field) => Free.Any(entry => entry.EndsWith(" " + field, StringComparison.Ordinal)
        && entry.Contains(path.Split('/')[^1] + "/{", StringComparison.Ordinal));

    private static bool IsReadOnly(string path, string field)
    {
        var contract = ContractFile.All.Values.FirstOrDefault(one => path.StartsWith(one.Base + "/", StringComparison.Ordinal));
        var type = contract is null ? null : new OperationIndex(contract).Find("GET", path[contract.Base.Length..])?.Answers.GetValueOrDefault(200);
        return type is ['#', .. var name] && contract!.Schemas.GetValueOrDefault(name)?.Fields.GetValueOrDefault(field) is { ReadOnly: true };
    }

    private static JsonNode Other(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.True => false,
        JsonValueKind.False => true,
        JsonValueKind.Number => (long)value + 7,
        JsonValueKind.Array => new JsonArray("anything-else"),
        JsonValueKind.Object => new JsonObject { ["anything"] = "else" },
        _ => (string?)value switch
        {
            "PUBLISHED" => "RETIRED",
            "BLOCKED" => "UNBLOCKED",
            "APPROVED" => "REJECTED",
            "PRODUCTION" => "SANDBOX",
            _ => "anything-else",
        },
    };
}
