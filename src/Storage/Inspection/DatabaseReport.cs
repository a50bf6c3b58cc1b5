namespace Tollgate.Storage.Inspection;

/// <summary>Whether a node's master key opens what a database holds.</summary>
public enum MasterKeyState
{
    /// <summary>No node has started on the database.</summary>
    None,
    Fits,
    Other,
}

/// <summary>What there is to know about a database before a node starts on it.</summary>
/// <param name="Version">Product and version, as the server says it.</param>
/// <param name="Waiting">Migrations that the next start runs.</param>
/// <param name="IsNewer">True when a newer program has been here.</param>
/// <param name="MasterKey">Whether the master key fits.</param>
/// <param name="Advice">What an administrator of the server should change, a sentence each.</param>
public sealed record DatabaseReport(string Version, int Waiting, bool IsNewer, MasterKeyState MasterKey, IReadOnlyList<string> Advice);
