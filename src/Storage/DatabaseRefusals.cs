using Tollgate.Model;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage;

/// <summary>What callers hear when the database does not do what they asked for.</summary>
internal static class DatabaseRefusals
{
    public static Exception Of(Trouble trouble, Exception error) => trouble switch
    {
        Trouble.Duplicate => new DuplicateException(error),
        Trouble.Busy or Trouble.Deadlock => Busy(),
        Trouble.BadValue => Refusal.BadRequest("A value is too long, or has characters that cannot be stored."),
        Trouble.TooLarge => new Refusal(413, 413, "Content Too Large", "The content is larger than the database server accepts in one packet."),
        Trouble.Exists => new InvalidOperationException("The table, column or index exists already.", error),
        _ => new Refusal(
            503, 503, "Service Unavailable", "The database cannot be reached. Nothing was saved; try again in a moment.", error),
    };

    public static Refusal Busy() => Unavailable("The database is busy with another change. Nothing was saved; try again in a moment.");

    public static Refusal NoConnection() => Unavailable("All connections to the database are in use. Nothing was saved; try again in a moment.");

    public static Exception Interrupted() => Unavailable("The server interrupted the wait for other nodes that prepare the databases. Start again.");

    private static Refusal Unavailable(string description) => new(503, 503, "Service Unavailable", description);
}

/// <summary>A write hit a unique constraint: someone else took the name, context or key first.</summary>
public sealed class DuplicateException(Exception inner) : Exception("The row exists already.", inner);
