using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Model;

namespace Tollgate.Web.Rest;

/// <summary>A request that waits for approval, as the REST contracts show it.</summary>
public sealed record WorkflowResource(
    string WorkflowType, string WorkflowStatus, string CreatedTime, string UpdatedTime, string ReferenceId,
    IReadOnlyDictionary<string, string> Properties, string Description)
{
    public static WorkflowResource Of(WorkflowTask task) => new(
        EnumText<WorkflowType>.Of(task.Type)["AM_".Length..], task.Status, Time(task.CreatedAt), Time(task.UpdatedAt), task.Id, task.Properties,
        task.Description);

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}

/// <summary>A page of requests; this list has its links at the top.</summary>
public sealed record WorkflowListResource(int Count, string Next, string Previous, IReadOnlyList<WorkflowResource> List)
{
    public static WorkflowListResource Of(HttpContext http, PageRequest page, Page<WorkflowTask> found)
    {
        var list = Lists.Of(http, page, found.Total, (IReadOnlyList<WorkflowResource>)[.. found.Items.Select(WorkflowResource.Of)]);
        return new WorkflowListResource(list.Count, list.Pagination!.Next, list.Pagination.Previous, list.List);
    }
}

/// <summary>A decision.</summary>
public sealed record WorkflowDecision
{
    public required string Status { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public string? Description { get; init; }

    /// <summary>True to approve, false to reject; anything else is refused.</summary>
    public bool IsApproval() => Status switch
    {
        WorkflowTask.Approved => true,
        WorkflowTask.Rejected => false,
        _ => throw Refusal.BadRequest($"status is {WorkflowTask.Approved} or {WorkflowTask.Rejected}."),
    };
}

/// <summary>The answer to a request that waits now.</summary>
public sealed record WaitingResource(string WorkflowStatus = WorkflowTask.Created);
