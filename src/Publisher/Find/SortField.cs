using Tollgate.Model;
using Tollgate.Storage.Apis;

namespace Tollgate.Publisher.Find;

/// <summary>What lists of APIs can be sorted by.</summary>
internal static class SortField
{
    private static readonly IReadOnlyDictionary<string, ApiOrder> Fields = new Dictionary<string, ApiOrder>(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = ApiOrder.Name,
        ["apiName"] = ApiOrder.Name,
        ["version"] = ApiOrder.Version,
        ["provider"] = ApiOrder.Provider,
        ["status"] = ApiOrder.State,
        ["lifeCycleStatus"] = ApiOrder.State,
        ["createdTime"] = ApiOrder.Created,
        ["updatedTime"] = ApiOrder.Updated,
        ["lastUpdatedTime"] = ApiOrder.Updated,
    };

    public static ApiOrder Read(string? sortBy) => sortBy is null ? ApiOrder.Name
        : Fields.TryGetValue(sortBy, out var order) ? order
        : throw Refusal.BadRequest($"sortBy '{sortBy}' is none of {string.Join(", ", Fields.Keys)}.");
}
