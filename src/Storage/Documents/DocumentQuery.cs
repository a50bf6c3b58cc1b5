namespace Tollgate.Storage.Documents;

/// <summary>Whose eyes look at the documents of an API.</summary>
/// <param name="ApiId">The API.</param>
/// <param name="Viewer">User name; null for somebody who is not signed in.</param>
public sealed record DocumentQuery(string ApiId, string? Viewer)
{
    internal const string Where =
        "api_id = @ApiId AND (visibility = 'API_LEVEL' OR (visibility = 'PRIVATE' AND @signedIn = 1) "
        + "OR (visibility = 'OWNER_ONLY' AND created_by = @viewer))";

    internal object Arguments(int limit = 0, int offset = 0, string id = "") =>
        new { ApiId, viewer = Viewer ?? "", signedIn = Viewer is null ? 0 : 1, limit, offset, id };
}
