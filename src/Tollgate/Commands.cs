using System.CommandLine;
using Tollgate.Cli.Quickstart;
using Tollgate.Server;
using Tollgate.Server.Start;

namespace Tollgate;

/// <summary>The commands of the program.</summary>
internal sealed class Commands(IReadOnlyList<KeyValuePair<string, string>> properties, Option<string?> home, Option<string?> profile)
{
    public Command Serve() => Make("serve", "Start a node and serve until Ctrl-C.", async arguments =>
    {
        await using var node = Node.Create(arguments);
        await StartAsync(node, node.StartAsync);
        await node.WaitForShutdownAsync();
    });

    public Command Quickstart() => Make(
        "quickstart", "Start a node on embedded defaults, publish a sample API, subscribe, get a token, call it; then serve until Ctrl-C.",
        async arguments =>
        {
            await using var node = Node.Create(arguments with { WithSample = true, ConsoleLevel = "Warning" });
            await StartAsync(node, async () =>
            {
                await node.StartAsync();
                await StoryOf(node).RunAsync();
            });
            Console.WriteLine($"Serving from {node.Home}; Ctrl-C stops.");
            await node.WaitForShutdownAsync();
        });

    public Command Configuration() => Make("config", "Print the effective configuration with the origin of each value.", arguments =>
    {
        foreach (var line in Inspection.Configuration(arguments))
        {
            Console.WriteLine(line);
        }

        return Task.CompletedTask;
    });

    public Command Routes() => Make("routes", "Print every management route and who may call it.", async arguments =>
    {
        await using var node = Node.Create(arguments);
        foreach (var route in node.Routes)
        {
            Console.WriteLine($"{route.Method,-7} {route.Path}  [{route.Access}]");
        }
    });

    public Command Reference() => Make("reference", "Print the reference page of all configuration keys (Markdown).", _ =>
    {
        Console.Write(Inspection.Reference());
        return Task.CompletedTask;
    });

    public Command Databases() => new DatabaseCommand(ArgumentsOf, GuardAsync).Create();

    public static Command Certificates() => new CertificatesCommand(GuardAsync).Create();

    public static Command Limits() => new LimitsCommand(GuardAsync).Create();

    public Command Audit() => new AuditCommand(ArgumentsOf, GuardAsync).Create();

    public static Command Version()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => Console.WriteLine(ProductVersion.Text));
        return command;
    }

    private Command Make(string name, string description, Func<StartArguments, Task> run)
    {
        var command = new Command(name, description);
        command.SetAction(async (parsed, _) => await GuardAsync(async () =>
        {
            await run(ArgumentsOf(parsed));
            return 0;
        }));
        return command;
    }

    private StartArguments ArgumentsOf(ParseResult parsed) => new()
    {
        Home = parsed.GetValue(home),
        Properties = parsed.GetValue(profile) is { } name ? [.. properties, new("profile", name)] : properties,
    };

    // What an operator can mend is one line and exit code 2; the log has the rest.
    private static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"tollgate: {sentence}");
            return 2;
        }
        catch (InvalidOperationException error)
        {
            await Console.Error.WriteLineAsync($"tollgate: {error.Message}");
            return 1;
        }
    }

    private static QuickstartStory StoryOf(Node node) => new(
        new QuickstartTarget(
            node.ManagementUrl, node.GatewayUrl, node.SampleBackendUrl, node.Certificate, node.OperatorToken,
            Path.Combine(node.Home, "quickstart-keys")),
        Console.Out,
        TimeProvider.System);

    // Also when a later step fails, say because a port is taken: no other start will know the password.
    private static async Task StartAsync(Node node, Func<Task> start)
    {
        try
        {
            await start();
        }
        finally
        {
            if (node.GeneratedPassword is { } password)
            {
                Console.WriteLine($"First start: user '{node.AdminName}', password '{password}'. It is shown this once; keep it.");
                Console.WriteLine();
            }
        }
    }
}
