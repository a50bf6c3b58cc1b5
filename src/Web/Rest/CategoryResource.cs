using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A category as publishers and developers see it.</summary>
public sealed record CategoryResource(string Id, string Name, string? Description)
{
    public static CategoryResource Of(ApiCategory category) => new(category.Id, category.Name, category.Description);
}
