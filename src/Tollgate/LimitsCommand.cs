using System.CommandLine;
using Tollgate.Cli.Limits;

namespace Tollgate;

/// <summary>The commands below <c>tollgate limits</c>.</summary>
internal sealed class LimitsCommand(Func<Func<Task<int>>, Task<int>> guard)
{
    private const string PasswordVariable = "TOLLGATE_PASSWORD";

    private static readonly Option<string> Url = new("--url") { Description = "The node's REST APIs.", DefaultValueFactory = _ => "https://localhost:9443" };
    private static readonly Option<string> User = new("--user")
    {
        Description = $"An administrator; the password is in the environment variable {PasswordVariable}.",
        DefaultValueFactory = _ => "admin",
    };

    private static readonly Option<string> Key = new("--key") { Description = "Part of the keys to show.", DefaultValueFactory = _ => "" };
    private static readonly Option<int> Most = new("--most") { Description = "How many counters to show.", DefaultValueFactory = _ => 25 };
    private static readonly Option<int> Times = new("--times") { Description = "How often to print; 0 until Ctrl-C.", DefaultValueFactory = _ => 0 };
    private static readonly Option<double> Pause = new("--pause") { Description = "Seconds between two prints.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "The node's certificate (PEM), where the system does not trust it.",
    };

    public Command Create()
    {
        var watch = new Command("watch", "Print who counted what against which limit, once a second. Asks a node whose profile has the traffic manager.")
        {
            Url, User, Key, Most, Times, Pause, Certificate,
        };
        watch.SetAction(async (parsed, cancellation) => await guard(() => WatchAsync(parsed, cancellation)));
        return new Command("limits", "Look at limits.") { watch };
    }

    private static async Task<int> WatchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var password = Environment.GetEnvironmentVariable(PasswordVariable)
            ?? throw new InvalidOperationException(
                $"The environment variable {PasswordVariable} has the password of '{parsed.GetValue(User)}', and is not set.");
        var node = new WatchedNode(
            parsed.GetValue(Url)!, parsed.GetValue(User)!, password, parsed.GetValue(Key)!, parsed.GetValue(Most), parsed.GetValue(Certificate));
        using var watch = new LimitsWatch(node, Console.Out, TimeProvider.System);
        try
        {
            await watch.RunAsync(parsed.GetValue(Times), TimeSpan.FromSeconds(Math.Max(0.1, parsed.GetValue(Pause))), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how it ends.
        }
        catch (HttpRequestException error)
        {
            throw new InvalidOperationException($"{node.Url} cannot be asked: {error.Message}", error);
        }

        return 0;
    }
}
