using System.CommandLine;
using Tollgate;

var (properties, others) = Arguments.Split(args);
var home = new Option<string?>("--home") { Description = "Home folder: configuration, data and logs are below it.", Recursive = true };
var profile = new Option<string?>("--profile")
{
    Description = "Which modules to start: default, api-key-manager, api-publisher, api-devportal, control-plane, gateway-worker or traffic-manager.",
    Recursive = true,
};
var commands = new Commands(properties, home, profile);

var root = new RootCommand(
    "Tollgate: publish, protect, limit and observe APIs. Every key of deployment.toml can also be given as -Dkey=value, for example "
    + "-Dserver.hostname=api.example.com; -DportOffset=1 shifts every port, -Dprofile=gateway-worker is --profile.") { home, profile };
root.Subcommands.Add(commands.Serve());
root.Subcommands.Add(commands.Quickstart());
root.Subcommands.Add(commands.Configuration());
root.Subcommands.Add(commands.Databases());
root.Subcommands.Add(commands.Audit());
root.Subcommands.Add(Commands.Certificates());
root.Subcommands.Add(Commands.Limits());
root.Subcommands.Add(commands.Routes());
root.Subcommands.Add(commands.Reference());
root.Subcommands.Add(Commands.Version());
return await root.Parse(others).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
