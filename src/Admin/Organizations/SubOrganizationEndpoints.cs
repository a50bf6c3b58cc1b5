using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Users;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Organizations;

/// <summary>A part of an organization as the REST contract shows it.</summary>
internal sealed record SubOrganizationResource
{
    public string? OrganizationId { get; init; }

    public string? ExternalOrganizationId { get; init; }

    public string? ParentOrganizationId { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public static SubOrganizationResource Of(SubOrganization part) => new()
    {
        OrganizationId = part.Id,
        ExternalOrganizationId = part.ExternalId,
        ParentOrganizationId = part.Organization,
        DisplayName = part.DisplayName,
        Description = part.Description,
    };
}

/// <summary>/organizations: the parts of the caller's organization. Stored; visibility and plans do not go by them yet.</summary>
internal sealed class SubOrganizationEndpoints(SubOrganizationStore parts, OrganizationStore organizations, TimeProvider time)
{
    private const string What = "organization";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [RestScopes.Admin, RestScopes.OrganizationRead];
        string[] manage = [RestScopes.Admin, RestScopes.OrganizationManage];
        routes.MapGet("/organizations", ListAsync).Needs(read);
        routes.MapPost("/organizations", CreateAsync).Needs(manage);
        routes.MapGet("/organizations/{organizationId}", GetAsync).Needs(read);
        routes.MapPut("/organizations/{organizationId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/organizations/{organizationId}", DeleteAsync).Needs(manage);
        routes.MapGet("/me/organization-information", OwnAsync).Needs(RestScopes.Admin, RestScopes.AdminSettings);
    }

    private async Task ListAsync(HttpContext http)
    {
        var all = await parts.ListAsync(http.Caller().Organization);
        await JsonAnswer.WriteAsync(http, Lists.Whole<SubOrganizationResource>([.. all.Select(SubOrganizationResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var part = Apply(
            new SubOrganization
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
                Organization = http.Caller().Organization,
                ExternalId = "",
                RowVersion = 1,
            },
            await JsonBody.ReadAsync<SubOrganizationResource>(http));
        await parts.CreateAsync(part);
        EntityTag.Set(http, part.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/organizations/{part.Id}", SubOrganizationResource.Of(part));
    }

    private async Task GetAsync(HttpContext http)
    {
        var part = await NeedAsync(http);
        if (!EntityTag.NotModified(http, part.RowVersion))
        {
            await JsonAnswer.WriteAsync(http, SubOrganizationResource.Of(part));
        }
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var changed = Apply(stored, await JsonBody.ReadAsync<SubOrganizationResource>(http));
        await parts.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, SubOrganizationResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await parts.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task OwnAsync(HttpContext http)
    {
        var organization = (await organizations.FindAsync(http.Caller().Organization))!;
        await JsonAnswer.WriteAsync(http, new OrganizationInformation(organization.Id, organization.DisplayName ?? organization.Id));
    }

    private async Task<SubOrganization> NeedAsync(HttpContext http)
    {
        var id = http.Path("organizationId");
        return await parts.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }

    private static SubOrganization Apply(SubOrganization identity, SubOrganizationResource wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted.ExternalOrganizationId) || wanted.ExternalOrganizationId.Length > 255
            || wanted.DisplayName?.Length > 255 || wanted.Description?.Length > 1023)
        {
            throw Refusal.BadRequest(
                "externalOrganizationId has 1 to 255 characters, displayName at most 255, description at most 1023.");
        }

        return identity with
        {
            ExternalId = wanted.ExternalOrganizationId.Trim(),
            DisplayName = wanted.DisplayName,
            Description = wanted.Description,
        };
    }

    private sealed record OrganizationInformation(string OrganizationId, string Name);
}
