using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A label as administrators and publishers see it.</summary>
public sealed record LabelResource
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public static LabelResource Of(ApiLabel label) => new() { Id = label.Id, Name = label.Name, Description = label.Description };
}
