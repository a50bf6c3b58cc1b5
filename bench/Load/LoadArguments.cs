using System.Globalization;

namespace Tollgate.Load;

/// <summary>What the benchmark was asked to do.</summary>
internal sealed record LoadArguments(int Rounds, int Seconds, int WarmUp, IReadOnlyList<string> Only, bool Keep, bool Hold)
{
    public const string Usage = """
        usage: ./dev bench gateway [--rounds N] [--seconds N] [--warm-up N] [--only NAME,NAME] [--keep] [--hold]
          --rounds    how often each proxy is measured (7); the tables have medians
          --seconds   how long each time (5)
          --warm-up   seconds of load before the first round (5)
          --only      scenarios by name: get1k, tls, newtls, post10k, post1m, get100k, get1m, http2, many, rate
          --hold      measure nothing; say where everything listens and wait for the end of standard input: for profilers
          --keep      write bench/results/gateway-DATE.md from this and the other --keep runs of today
        """;

    /// <summary>Null when they are not understood.</summary>
    public static LoadArguments? Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new LoadArguments(7, 5, 5, [], false, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = (arguments[i], i + 1 < arguments.Length ? arguments[i + 1] : "");
            _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var next = name switch
            {
                "--keep" => parsed with { Keep = true },
                "--hold" => parsed with { Hold = true },
                "--only" => parsed with { Only = value.Split(',') },
                "--rounds" when number > 0 => parsed with { Rounds = number },
                "--seconds" when number > 0 => parsed with { Seconds = number },
                "--warm-up" when number > 0 => parsed with { WarmUp = number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            parsed = next;
            i += name is "--keep" or "--hold" ? 0 : 1;
        }

        return parsed;
    }
}
