using System.Globalization;

namespace Tollgate.Load.Publish;

/// <summary>1,000 APIs of 20 operations, and 20 applications with 50 tokens each, every one of them subscribed to 50 APIs.</summary>
internal static class ManyApis
{
    private const int Apis = 1000;
    private const int Operations = 20;
    private const int Applications = 20;
    private const int TokensPerApplication = 50;
    private const int Calls = 20_000;
    private const int AtOnce = 4;

    /// <summary>Publishes them and writes a file of calls in random order: a path and a token on each line.</summary>
    public static async Task WriteCallsAsync(Portal portal, Random random, string file)
    {
        var consumers = new Consumer[Applications];
        var tokens = new string[Applications][];
        for (var i = 0; i < Applications; i++)
        {
            consumers[i] = await portal.ConsumerAsync(string.Create(CultureInfo.InvariantCulture, $"Many{i}"));
            tokens[i] = new string[TokensPerApplication];
            for (var j = 0; j < TokensPerApplication; j++)
            {
                tokens[i][j] = await portal.TokenAsync(consumers[i]);
            }
        }

        await Parallel.ForAsync(0, Apis, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var id = await portal.PublishAsync(NameOf(i), Enumerable.Range(0, Operations).Select(TargetOf));
            await portal.SubscribeAsync(id, consumers[i % Applications]);
        });

        await using var calls = new StreamWriter(file);
        for (var i = 0; i < Calls; i++)
        {
            var api = random.Next(Apis);
            var token = tokens[api % Applications][random.Next(TokensPerApplication)];
            await calls.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"/{NameOf(api)}/1.0.0/res{random.Next(Operations)}/{random.Next(1000)}\t{token}"));
        }
    }

    private static string NameOf(int api) => string.Create(CultureInfo.InvariantCulture, $"many{api}");

    private static string TargetOf(int operation) => string.Create(CultureInfo.InvariantCulture, $"/res{operation}/{{id}}");
}
