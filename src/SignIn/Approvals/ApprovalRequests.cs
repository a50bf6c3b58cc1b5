using Tollgate.Model;
using Tollgate.Storage.Users;

namespace Tollgate.SignIn.Approvals;

/// <summary>Decides whether what a caller asks for waits for an administrator.</summary>
public sealed class ApprovalRequests(OrganizationSettingsStore settings, TimeProvider time)
{
    /// <summary>The request to store; null when the organization lets it take effect at once.</summary>
    public Task<WorkflowTask?> ForAsync(
        Caller caller, WorkflowType type, string subject, string description, params IEnumerable<(string Name, string? Text)> properties) =>
        ForAsync(caller.Organization, caller.UserName, type, subject, description, properties);

    /// <summary>The request to store of somebody who has not signed in; null when the organization lets it take effect at once.</summary>
    public async Task<WorkflowTask?> ForAsync(
        string organization, string userName, WorkflowType type, string subject, string description,
        params IEnumerable<(string Name, string? Text)> properties)
    {
        if (!await IsWantedAsync(organization, type))
        {
            return null;
        }

        var now = time.GetUtcNow();
        return new WorkflowTask
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Organization = organization,
            Type = type,
            Subject = subject,
            RequestedBy = userName,
            Description = description,
            Properties = properties.Append(("userName", userName)).Where(property => !string.IsNullOrEmpty(property.Item2))
                .ToDictionary(property => property.Item1, property => property.Item2!),
            CreatedAt = now.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>True when the organization wants an approval of such changes.</summary>
    public async Task<bool> IsWantedAsync(string organization, WorkflowType type) =>
        (await settings.FindAsync(organization)).Workflows.GetValueOrDefault(WorkflowTypes.KeyOf(type)) == WorkflowTypes.Approval;
}
