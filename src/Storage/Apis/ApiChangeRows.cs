using Tollgate.Model;

namespace Tollgate.Storage.Apis;

/// <summary>Writes the history of an API, in the transaction of the change itself.</summary>
internal static class ApiChangeRows
{
    public static Task AddAsync(
        Transaction db, string apiId, string action, string subject, IReadOnlyList<FieldChange> changes, string user, DateTimeOffset now) =>
        db.ExecuteAsync(
            """
            INSERT INTO api_changes (id, api_id, action, subject, changes, changed_by, changed_at)
            VALUES (@id, @apiId, @action, @subject, @changes, @user, @at)
            """,
            new
            {
                id = Guid.CreateVersion7(now).ToString(), apiId, action, subject, changes = ModelJson.Write(changes), user,
                at = now.ToUnixTimeMilliseconds(),
            });
}
