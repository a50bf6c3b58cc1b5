using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Approvals;

/// <summary>Decides whether what a caller asks for waits for an administrator.</summary>
public sealed class ApprovalRequests(OrganizationSettingsStore settings, TimeProvider time)
{
    /// <summary>The request to store; null when the organization lets it take effect at once.</summary>
    public async Task<WorkflowTask?> ForAsync(
        Caller caller, WorkflowType type, string subject, string description, params IEnumerable<(string Name, string? Text)> properties)
    {
        var executors = (await settings.FindAsync(caller.Organization)).Workflows;
        if (executors.GetValueOrDefault(WorkflowTypes.KeyOf(type)) != WorkflowTypes.Approval)
        {
            return null;
        }

        var now = time.GetUtcNow();
        return new WorkflowTask
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = caller.Organization,
            Type = type,
            Subject = subject,
            RequestedBy = caller.UserName,
            Description = description,
            Properties = properties.Append(("userName", caller.UserName)).Where(property => !string.IsNullOrEmpty(property.Item2))
                .ToDictionary(property => property.Item1, property => property.Item2!),
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };
    }
}
