using System.CommandLine;
using Tollgate.Server.Databases;
using Tollgate.Server.Start;

namespace Tollgate;

/// <summary>The commands below <c>tollgate db</c>.</summary>
internal sealed class DatabaseCommand(Func<ParseResult, StartArguments> argumentsOf, Func<Func<Task<int>>, Task<int>> guard)
{
    private static readonly Option<bool> Force = new("--force") { Description = "Replace what the target holds." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before something is lost." };

    public Command Create()
    {
        var command = new Command(
            "db",
            "Look after the databases of [database.apim_db] and [database.shared_db]. Stop the nodes before restore and copy; backup may run beside them.");
        command.Subcommands.Add(Make("migrate", "Bring the databases to this program's schema, as a start would.", [], [], async (db, _) =>
        {
            await db.MigrateAsync();
            return 0;
        }));
        command.Subcommands.Add(Make(
            "check", "Say which product, schema and master key the databases have, and what to change on the server; exit code 2 if no node can start.",
            [], [], async (db, _) => await db.CheckAsync() ? 0 : 2));

        var file = new Argument<string>("file") { Description = "The backup file." };
        command.Subcommands.Add(Make("backup", "Write everything into one file that any database product can take.", [file], [], async (db, parsed) =>
        {
            await db.BackupAsync(parsed.GetValue(file)!);
            return 0;
        }));
        command.Subcommands.Add(Make(
            "restore", "Put a backup into empty databases, or in place of what they hold with --force.", [file], [Force, Yes],
            (db, parsed) => LosingAsync(parsed, () => db.RestoreAsync(parsed.GetValue(file)!, parsed.GetValue(Force)))));

        var to = new Option<string>("--to") { Description = "Home folder whose deployment.toml names the target.", Required = true };
        command.Subcommands.Add(Make(
            "copy", "Copy everything into the databases of another home folder, of any product.", [], [to, Force, Yes],
            (db, parsed) => LosingAsync(parsed, () => db.CopyAsync(parsed.GetValue(to)!, parsed.GetValue(Force)))));
        return command;
    }

    private Command Make(
        string name, string description, Argument[] arguments, Option[] options, Func<DatabaseCommands, ParseResult, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) => await guard(
            () => run(new DatabaseCommands(argumentsOf(parsed), TimeProvider.System, Console.Out), parsed)));
        return command;
    }

    private static async Task<int> LosingAsync(ParseResult parsed, Func<Task> work)
    {
        if (parsed.GetValue(Force) && !parsed.GetValue(Yes))
        {
            Console.Write("Everything that the target databases hold will be lost. Type yes to go on: ");
            if (Console.ReadLine()?.Trim() != "yes")
            {
                await Console.Error.WriteLineAsync("tollgate: nothing was changed.");
                return 1;
            }
        }

        await work();
        return 0;
    }
}
