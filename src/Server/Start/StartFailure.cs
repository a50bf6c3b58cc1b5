using Tollgate.Server.Configuration;
using Tollgate.Storage;
using Tollgate.Storage.Migrations;
using Tollgate.Storage.Transfer;

namespace Tollgate.Server.Start;

/// <summary>Tells failures that an operator can mend from our own.</summary>
public static class StartFailure
{
    /// <summary>One sentence that says what to change, or null when the failure is ours.</summary>
    public static string? Explain(Exception error) => error switch
    {
        ConfigurationException or WrongMasterKeyException or NewerSchemaException or TransferException => error.Message,
        IOException { Message: var message } when message.Contains("port", StringComparison.Ordinal) => message,
        UnauthorizedAccessException => $"{error.Message} Check the owner of the home folder.",
        _ => null,
    };
}
