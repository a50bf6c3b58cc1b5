using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Model;
using Tollgate.SignIn;
using Tollgate.SignIn.Access;
using Tollgate.Storage.Categories;
using Tollgate.Web.Rest;

namespace Tollgate.Admin.Categories;

/// <summary>A category as administrators see it.</summary>
internal sealed record CategoryResource
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    [JsonPropertyName("numberOfAPIs")]
    public int NumberOfApis { get; init; }

    public static CategoryResource Of(ApiCategory category) => new()
    {
        Id = category.Id,
        Name = category.Name,
        Description = category.Description,
        NumberOfApis = category.Apis,
    };
}

/// <summary>/api-categories: the headings that publishers may choose.</summary>
internal sealed class CategoryEndpoints(CategoryStore categories, TimeProvider time)
{
    private const string What = "category";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] manage = [RestScopes.Admin, RestScopes.ApiCategory, RestScopes.AdminOperations];
        routes.MapGet("/api-categories", ListAsync).Needs(manage);
        routes.MapPost("/api-categories", CreateAsync).Needs(manage);
        routes.MapPut("/api-categories/{apiCategoryId}", UpdateAsync).Needs(manage);
        routes.MapDelete("/api-categories/{apiCategoryId}", DeleteAsync).Needs(manage);
    }

    private async Task ListAsync(HttpContext http)
    {
        var all = await categories.ListAsync(http.Caller().Organization);
        await JsonAnswer.WriteAsync(http, Lists.Whole<CategoryResource>([.. all.Select(CategoryResource.Of)]));
    }

    private async Task CreateAsync(HttpContext http)
    {
        var wanted = await JsonBody.ReadAsync<CategoryResource>(http);
        var category = new ApiCategory
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Organization = http.Caller().Organization,
            Name = ApiCategory.CheckName(wanted.Name),
            Description = ApiCategory.CheckDescription(wanted.Description),
            RowVersion = 1,
        };
        await categories.CreateAsync(category);
        EntityTag.Set(http, category.RowVersion);
        await JsonAnswer.CreatedAsync(http, $"{AdminModule.BasePath}/api-categories/{category.Id}", CategoryResource.Of(category));
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        var wanted = await JsonBody.ReadAsync<CategoryResource>(http);
        var changed = stored with
        {
            Name = ApiCategory.CheckName(wanted.Name ?? stored.Name),
            Description = ApiCategory.CheckDescription(wanted.Description),
        };
        await categories.UpdateAsync(changed);
        EntityTag.Set(http, stored.RowVersion + 1);
        await JsonAnswer.WriteAsync(http, CategoryResource.Of(changed));
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var stored = await NeedAsync(http);
        EntityTag.RefuseStale(http, stored.RowVersion, What);
        await categories.DeleteAsync(stored);
        http.Response.StatusCode = StatusCodes.Status200OK;
    }

    private async Task<ApiCategory> NeedAsync(HttpContext http)
    {
        var id = http.Path("apiCategoryId");
        return await categories.FindAsync(http.Caller().Organization, id) ?? throw Refusal.NotFound(404, What, id);
    }
}
