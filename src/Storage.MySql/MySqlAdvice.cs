namespace Tollgate.Storage.MySql;

/// <summary>What a MySQL or MariaDB server should be set to.</summary>
internal static class MySqlAdvice
{
    // A definition of this size, compressed and written as a literal, still fits.
    private const long EnoughPacket = 64 * 1024 * 1024;

    public static async Task<IReadOnlyList<string>> OfAsync(Transaction db, int mostConnections)
    {
        List<string> advice = [];
        var packet = await db.FirstAsync<long>("SELECT @@max_allowed_packet");
        if (packet < EnoughPacket)
        {
            advice.Add($"max_allowed_packet is {packet >> 20} MB; set it to 64 MB, or very large definitions and files are refused.");
        }

        if (await db.FirstAsync<string>("SELECT @@binlog_format") == "STATEMENT")
        {
            advice.Add("binlog_format is STATEMENT, with which the server refuses changes at READ COMMITTED; set it to MIXED or ROW.");
        }

        var most = await db.FirstAsync<long>("SELECT @@max_connections");
        if (most < 2 * mostConnections)
        {
            advice.Add($"The server takes {most} connections; one node alone may open {mostConnections} per database (pool_options.maxActive).");
        }

        var foreign = await db.ListAsync<string>(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_collation <> 'utf8mb4_bin'");
        if (foreign.Count > 0)
        {
            advice.Add($"These tables do not compare by code point (utf8mb4_bin), so names may clash or not be found: {string.Join(", ", foreign)}.");
        }

        return advice;
    }
}
