using Tollgate.Model;
using Tollgate.Storage.Runtime;

namespace Tollgate.Storage.Policies;

/// <summary>A row of deny_policies as the driver fills it.</summary>
internal sealed record DenyPolicyRow : FeedRow
{
    public const string Columns = "id, organization, kind, subject, inverted, enabled";

    public string Organization { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public long Inverted { get; init; }

    public long Enabled { get; init; }

    public DenyPolicy ToPolicy() => new()
    {
        Id = Id,
        Organization = Organization,
        Kind = EnumText<DenyKind>.Parse(Kind),
        Subject = Subject,
        Invert = Inverted != 0,
        Enabled = Enabled != 0,
    };
}
