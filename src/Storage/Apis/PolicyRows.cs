using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>Which throttling policies an API or one of its revisions names, so that a policy in use is not deleted.</summary>
internal static class PolicyRows
{
    public static async Task ReplaceAsync(
        Transaction db, string apiId, string revisionId, ApiDesign design, IReadOnlyList<Operation> operations)
    {
        await db.ExecuteAsync("DELETE FROM api_policies WHERE api_id = @apiId AND revision_id = @revisionId", new { apiId, revisionId });
        var named = design.Policies.Select(plan => (PolicyKind.Subscription, plan))
            .Concat(operations.Select(operation => (PolicyKind.Advanced, operation.ThrottlingPolicy)))
            .Append((PolicyKind.Advanced, design.ApiThrottlingPolicy ?? ThrottlingPolicy.Unlimited))
            .Select(use => (Kind: EnumText<PolicyKind>.Of(use.Item1), Name: NameKey.Of(use.Item2)))
            .Distinct();
        foreach (var (kind, name) in named)
        {
            await db.ExecuteAsync(
                "INSERT INTO api_policies (api_id, revision_id, kind, name_key) VALUES (@apiId, @revisionId, @kind, @name)",
                new { apiId, revisionId, kind, name });
        }
    }
}
