using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.Server.Options;

/// <summary>How long the databases keep what people did.</summary>
internal sealed record RetentionOptions
{
    [Range(0, 36_500)]
    [Setting("retention.audit_log_days", "How long entries of the audit log are kept; 0 keeps them all. What is left can be verified as before.")]
    public int AuditLogDays { get; init; }

    [Range(0, 36_500)]
    [Setting("retention.api_history_days", "How long the history of an API's changes is kept; 0 keeps all of it.")]
    public int ApiHistoryDays { get; init; }
}
