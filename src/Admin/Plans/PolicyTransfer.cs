using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Policies;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Plans;

/// <summary>/throttling/policies/search, /export and /import: policies of every kind.</summary>
internal sealed class PolicyTransfer(PolicyStore policies, TimeProvider time)
{
    private const string FileType = "throttling policy";
    private const int MaxFile = 256 * 1024;

    // How the contract names a kind in queries, and in exported files.
    private static readonly (PolicyKind Kind, string Short, string Subtype)[] Kinds =
    [
        (PolicyKind.Subscription, "sub", "subscription policy"),
        (PolicyKind.Application, "app", "application policy"),
        (PolicyKind.Advanced, "api", "advanced policy"),
        (PolicyKind.Custom, "global", "custom rule"),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] export = [RestScopes.Admin, RestScopes.AdminPlanManage, RestScopes.PlanManage, RestScopes.PoliciesImportExport];
        routes.MapGet("/throttling/policies/search", SearchAsync)
            .Needs(RestScopes.Admin, RestScopes.AdminPlanView, RestScopes.PlanView, RestScopes.PoliciesImportExport);
        routes.MapGet("/throttling/policies/export", ExportAsync).Needs(export);
        routes.MapPost("/throttling/policies/import", ImportAsync).Needs(export);
    }

    private async Task SearchAsync(HttpContext http)
    {
        var caller = http.Caller();
        PolicyKind? kind = null;
        string? name = null;
        foreach (var word in (http.Query("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("type:", StringComparison.Ordinal))
            {
                kind = word["type:".Length..] is "all" ? null : KindOf(word["type:".Length..]);
            }
            else
            {
                name = word.StartsWith("name:", StringComparison.Ordinal) ? word["name:".Length..] : word;
            }
        }

        var found = await policies.SearchAsync(caller.Organization, kind, name);
        await JsonAnswer.WriteAsync(http, Lists.Whole<FoundPolicy>([.. found.Select(FoundPolicy.Of)]));
    }

    private async Task ExportAsync(HttpContext http)
    {
        var caller = http.Caller();
        var policy = http.Query("policyId") is { } id ? await policies.FindAsync(caller.Organization, id)
            : http.Query("name") is { } name && http.Query("type") is { } type ? await NamedAsync(caller.Organization, KindOf(type), name)
            : throw Refusal.BadRequest("Give policyId, or name and type.");
        if (policy is null)
        {
            throw Refusal.NotFound(404, "policy", http.Query("policyId") ?? http.Query("name")!);
        }

        var data = Show(policy);
        await JsonAnswer.WriteAsync(http, new PolicyFile
        {
            Type = FileType,
            Subtype = Kinds.First(entry => entry.Kind == policy.Kind).Subtype,
            Version = "v4.7.0",
            Data = JsonSerializer.SerializeToElement(data, data.GetType(), RestJson.Options),
        });
    }

    private async Task ImportAsync(HttpContext http)
    {
        var caller = http.Caller();
        var form = await MultipartForm.ReadAsync(http, MaxFile);
        var content = await form.FileAsync("file") ?? (form.Text("file") is { } text ? Encoding.UTF8.GetBytes(text) : null)
            ?? throw Refusal.BadRequest("The form has no part 'file' with an exported policy.");
        var file = JsonBody.Parse<PolicyFile>(content, "The file");
        var kind = Kinds.FirstOrDefault(entry => entry.Subtype == file.Subtype);
        if (file.Type != FileType || kind.Subtype is null || file.Data.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadRequest($"The file is no exported policy: type '{FileType}', a subtype like 'application policy', and data are needed.");
        }

        if (kind.Kind == PolicyKind.Custom)
        {
            PolicyEndpoints.RefuseOtherOrganizations(caller);
        }

        var wanted = Parse(kind.Kind, Encoding.UTF8.GetBytes(file.Data.GetRawText()));
        var stored = await NamedAsync(caller.Organization, kind.Kind, ThrottlingPolicy.CheckName(wanted.PolicyName));
        if (stored is null)
        {
            await policies.CreateAsync(wanted.Apply(PolicyEndpoints.New(caller, kind.Kind, wanted.PolicyName, time)));
        }
        else if (bool.TryParse(http.Query("overwrite"), out var overwrite) && overwrite)
        {
            await policies.UpdateAsync(wanted.Apply(stored));
        }
        else
        {
            throw Refusal.Conflict(903001, "Policy exists", $"There is already a policy '{stored.Name}'; import with overwrite=true to replace it.");
        }

        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<ThrottlingPolicy?> NamedAsync(string organization, PolicyKind kind, string name) =>
        (await policies.NamedAsync(organization, kind, [name])).FirstOrDefault();

    private static PolicyKind KindOf(string name) => Kinds.FirstOrDefault(entry => entry.Short == name) is { Short: not null } entry
        ? entry.Kind
        : throw Refusal.BadRequest($"The policy type '{name}' is none of sub, app, api, global.");

    private static PolicyResource Show(ThrottlingPolicy policy) => policy.Kind switch
    {
        PolicyKind.Application => ApplicationPolicyResource.Of(policy),
        PolicyKind.Subscription => PlanPolicyResource.Of(policy),
        PolicyKind.Advanced => AdvancedPolicyResource.Of(policy),
        _ => CustomPolicyResource.Of(policy),
    };

    private static PolicyResource Parse(PolicyKind kind, byte[] json) => kind switch
    {
        PolicyKind.Application => JsonBody.Parse<ApplicationPolicyResource>(json, "data"),
        PolicyKind.Subscription => JsonBody.Parse<PlanPolicyResource>(json, "data"),
        PolicyKind.Advanced => JsonBody.Parse<AdvancedPolicyResource>(json, "data"),
        _ => JsonBody.Parse<CustomPolicyResource>(json, "data"),
    };

    private sealed record PolicyFile
    {
        public required string Type { get; init; }

        public required string Subtype { get; init; }

        public string? Version { get; init; }

        public required JsonElement Data { get; init; }
    }

    private sealed record FoundPolicy(string Uuid, string PolicyName, string? DisplayName, string? Description, bool IsDeployed, string Type)
    {
        public static FoundPolicy Of(ThrottlingPolicy policy) => new(
            policy.Id, policy.Name, policy.DisplayName, policy.Description, true, Kinds.First(entry => entry.Kind == policy.Kind).Short);
    }
}
