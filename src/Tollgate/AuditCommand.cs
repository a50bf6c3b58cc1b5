using System.CommandLine;
using Tollgate.Server.Databases;
using Tollgate.Server.Start;

namespace Tollgate;

/// <summary>The commands below <c>tollgate audit</c>.</summary>
internal sealed class AuditCommand(Func<ParseResult, StartArguments> argumentsOf, Func<Func<Task<int>>, Task<int>> guard)
{
    public Command Create()
    {
        var verify = new Command(
            "verify", "Say whether the audit log in [database.apim_db] is whole, and where it is not; may run beside nodes. Exit code 1 if it is not.");
        verify.SetAction(async (parsed, _) => await guard(
            async () => await new DatabaseCommands(argumentsOf(parsed), TimeProvider.System, Console.Out).VerifyAuditAsync() ? 0 : 1));
        return new Command("audit", "Look after the audit log.") { verify };
    }
}
