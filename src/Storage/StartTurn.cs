using Tollgate.Storage.Runtime;

namespace Tollgate.Storage;

/// <summary>The right to prepare the databases, which one node has at a time; given back when disposed, or when the node ends.</summary>
public sealed class StartTurn : IAsyncDisposable
{
    private readonly Session _session;
    private readonly Database _database;

    private StartTurn(Session session, Database database)
    {
        _session = session;
        _database = database;
    }

    /// <summary>Waits until no other node has it.</summary>
    public static async Task<StartTurn> TakeAsync(ApimDatabase apim)
    {
        var session = await apim.Database.OpenLongAsync();
        await apim.Database.Dialect.TakeTurnAsync(new Transaction(session, CancellationToken.None));
        return new StartTurn(session, apim.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.Dialect.EndTurnAsync(new Transaction(_session, CancellationToken.None));
        await _session.DisposeAsync();
    }
}
