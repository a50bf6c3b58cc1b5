namespace Tollgate.SignIn.Sessions;

/// <summary>What a portal's cookie says: a session, and who signed in to it. Times are Unix seconds.</summary>
internal sealed record PortalSession(string Id, long SignedInAt, long SeenAt)
{
    /// <summary>Null while nobody has signed in.</summary>
    public string? UserId { get; init; }

    public string Organization { get; init; } = "";
}
