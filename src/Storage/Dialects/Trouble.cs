namespace Tollgate.Storage.Dialects;

/// <summary>What a driver's error means, in every product alike.</summary>
internal enum Trouble
{
    /// <summary>A mistake of ours, or something no caller can mend.</summary>
    Ours,

    /// <summary>A unique constraint was hit.</summary>
    Duplicate,

    /// <summary>Waiting for a lock or for the statement took too long.</summary>
    Busy,

    /// <summary>The product chose this transaction as the victim; all of it is undone and it may be repeated.</summary>
    Deadlock,

    /// <summary>An open connection broke.</summary>
    Disconnected,

    /// <summary>No connection can be made.</summary>
    Unreachable,

    /// <summary>User or password are wrong, or the user may not use this database.</summary>
    LoginRefused,

    /// <summary>There is no database of that name.</summary>
    NoDatabase,

    /// <summary>The connection cannot be protected as the settings ask.</summary>
    NoTls,

    /// <summary>A value that no row can hold: too long, or with characters that the product does not store.</summary>
    BadValue,

    /// <summary>More than the server takes in one packet.</summary>
    TooLarge,

    /// <summary>A table, column or index is there already; a migration that was interrupted meets these.</summary>
    Exists,
}
