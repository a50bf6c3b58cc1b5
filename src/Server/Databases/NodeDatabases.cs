using Tollgate.Server.Configuration;
using Tollgate.Server.Options;
using Tollgate.Storage;

namespace Tollgate.Server.Databases;

/// <summary>The two databases of a node, which may be one.</summary>
internal sealed class NodeDatabases : IDisposable
{
    private readonly DatabaseOptions _options;

    public NodeDatabases(DatabaseOptions options, string home)
    {
        _options = options;
        Apim = new Database(DatabaseProducts.Of(options.Apim, "apim_db", home));
        Shared = IsOne(options, home) ? Apim : new Database(DatabaseProducts.Of(options.Shared, "shared_db", home));
    }

    public Database Apim { get; }

    public Database Shared { get; }

    /// <summary>Refuses, with one sentence that names the key to mend, to start on a database that cannot be used.</summary>
    public async Task ReachAsync()
    {
        await ReachAsync(Apim, _options.Apim, "apim_db");
        await ReachAsync(Shared, _options.Shared, "shared_db");
    }

    public void Dispose()
    {
        Shared.Dispose();
        Apim.Dispose();
    }

    private static bool IsOne(DatabaseOptions options, string home) => options.Apim.Type.ToLowerInvariant() is "h2" or "sqlite"
        ? options.Apim == options.Shared with { File = options.Apim.File }
            && DatabaseProducts.FileOf(options.Apim, "apim_db", home) == DatabaseProducts.FileOf(options.Shared, "shared_db", home)
        : options.Apim == options.Shared;

    private static async Task ReachAsync(Database database, OneDatabase options, string name)
    {
        if (await database.WhyUnreachableAsync() is not { } why)
        {
            return;
        }

        var key = $"database.{name}";
        var place = options.Url.Length > 0 ? $"{key}.url" : $"{key}.hostname and {key}.port";
        throw new ConfigurationException(why.Reason switch
        {
            UnreachableReason.Login => $"{key}.username '{options.User}' or {key}.password is refused by the {why.Product} server: {why.Message}",
            UnreachableReason.NoDatabase =>
                $"{key}.name: there is no such database on the {why.Product} server; create it first (docs/databases.md): {why.Message}",
            UnreachableReason.NoTls => $"{key}.ssl_mode: the connection to the {why.Product} server cannot be protected as asked: {why.Message}",
            UnreachableReason.File => $"{key}.file cannot be used: {why.Message}",
            _ => $"No {why.Product} server answers for {key}; check {place}, and that the server runs: {why.Message}",
        });
    }
}
