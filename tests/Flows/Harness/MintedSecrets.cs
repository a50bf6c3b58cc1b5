using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Tollgate.Flows.Harness;

/// <summary>Every secret and token that nodes handed out during this run. None of them may stand in a log.</summary>
public static class MintedSecrets
{
    private const int ShortestThatCounts = 12;

    private static readonly HashSet<string> Fields =
    [
        "access_token", "refresh_token", "id_token", "accessToken", "consumerSecret", "clientSecret", "client_secret", "apikey", "apiKey", "token",
        "secretValue",
    ];

    private static readonly ConcurrentDictionary<string, bool> All = new() { [TestHome.AdminPassword] = true };

    public static int Count => All.Count;

    /// <summary>Keeps the secrets of an answer.</summary>
    public static void Collect(string body)
    {
        if (!body.StartsWith('{') || !Fields.Any(field => body.Contains($"\"{field}\"", StringComparison.Ordinal)))
        {
            return;
        }

        // The feed answers an object per line.
        foreach (var document in body.Contains("\n{", StringComparison.Ordinal) ? body.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [body])
        {
            Collect(JsonNode.Parse(document)!.AsObject());
        }
    }

    /// <summary>The logs of a node, searched for all of them.</summary>
    public static IReadOnlyList<string> FoundIn(string home)
    {
        var folder = Path.Combine(home, "repository", "logs");
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return
        [
            .. from file in Directory.GetFiles(folder)
               let text = Read(file)
               from secret in All.Keys
               where text.Contains(secret, StringComparison.Ordinal)
               select $"{Path.GetFileName(file)} has a secret that begins with {secret[..6]}",
        ];
    }

    private static void Collect(JsonObject node)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonObject inner)
            {
                Collect(inner);
            }
            else if (Fields.Contains(name) && value is JsonValue leaf && leaf.TryGetValue<string>(out var secret)
                && secret.Length >= ShortestThatCounts)
            {
                All[secret] = true;
            }
        }
    }

    // The node may still be writing.
    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
