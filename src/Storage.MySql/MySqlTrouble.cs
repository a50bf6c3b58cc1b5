using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;
using Tollgate.Storage.Dialects;

namespace Tollgate.Storage.MySql;

/// <summary>What the driver's errors mean.</summary>
internal static class MySqlTrouble
{
    /// <summary>The driver wraps what happened, sometimes twice; the innermost cause that says something counts.</summary>
    public static Trouble Of(Exception error)
    {
        var known = Trouble.Ours;
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AuthenticationException:
                case MySqlException when inner.Message.Contains("SSL", StringComparison.Ordinal):
                    return Trouble.NoTls;
                case MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired }:
                    return Trouble.Busy;
                case MySqlException when known == Trouble.Ours && Of(((MySqlException)inner).Number) is var trouble and not Trouble.Ours:
                    known = trouble;
                    break;
                case IOException or SocketException when known == Trouble.Ours:
                    known = Trouble.Disconnected;
                    break;
            }
        }

        return known == Trouble.Ours && IsBroken(error) ? Trouble.Disconnected : known;
    }

    // What the driver says when a statement or a rollback meets a connection that broke before.
    private static bool IsBroken(Exception error) => error is InvalidOperationException { Source: "MySqlConnector" }
        && error.Message.StartsWith("Connection must be Open", StringComparison.Ordinal);

    // dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html, mariadb.com/kb/en/mariadb-error-code-reference
    private static Trouble Of(int number) => number switch
    {
        1062 or 1586 => Trouble.Duplicate,
        // Lock wait; statement too long (MariaDB, MySQL), interrupted.
        1205 or 1969 or 3024 or 1317 => Trouble.Busy,
        1213 or 1020 => Trouble.Deadlock,
        // Too many connections, cannot reach, unknown host.
        1040 or 1203 or 1042 or 2002 or 2003 or 2005 => Trouble.Unreachable,
        // Shutting down, killed, gone, lost, dropped for idling in a transaction.
        1053 or 1927 or 2006 or 2013 or 1079 or 1152 or 1158 or 1159 or 1160 or 1161 or 4031 or 1184 => Trouble.Disconnected,
        1044 or 1045 or 1142 or 1698 => Trouble.LoginRefused,
        1049 => Trouble.NoDatabase,
        2026 or 3159 => Trouble.NoTls,
        1406 or 1366 or 1264 => Trouble.BadValue,
        1153 or 2020 => Trouble.TooLarge,
        1050 or 1060 or 1061 or 1091 => Trouble.Exists,
        _ => Trouble.Ours,
    };
}
