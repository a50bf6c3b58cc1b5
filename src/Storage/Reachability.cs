namespace Tollgate.Storage;

/// <summary>What keeps a node from using a database.</summary>
public enum UnreachableReason
{
    NoServer,
    Login,
    NoDatabase,
    NoTls,
    File,
}

/// <summary>Why a database cannot be used.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Reason">What has to be mended.</param>
/// <param name="Message">What the driver says.</param>
public sealed record Unreachability(string Product, UnreachableReason Reason, string Message);
