using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tollgate.Flows.FrontDoor.Corpus;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>No spelling of a path reaches an operation that was not authorised, however freely the backend reads it.</summary>
public sealed partial class PathTrickTests(SharedNode shared)
{
    private const int Connections = 16;

    [Fact]
    public async Task Tricks_WithoutACredential_ReachOnlyTheOpenOperation()
    {
        await using var api = await PublishAsync();
        await TryAllAsync(api, null);
        Assert.All(api.Backend.Seen.Values, seen => Assert.True(MayBeRead(seen.Target) is ["open"], seen.Target));
        Assert.NotEmpty(api.Backend.Seen);
    }

    [Fact]
    public async Task Tricks_WithACredential_DoNotReachWhatItHasNoScopeFor()
    {
        await using var api = await PublishAsync();
        await TryAllAsync(api, api.Token);
        Assert.All(api.Backend.Seen.Values, seen => Assert.True(MayBeRead(seen.Target) is ["open"] or ["locked"], seen.Target));
        Assert.Contains(api.Backend.Seen.Values, seen => seen.Target.StartsWith("/locked", StringComparison.Ordinal));
    }

    private async Task<FrontDoorApi> PublishAsync()
    {
        var scope = shared.NewName("admin");
        return await FrontDoorApi.PublishAsync(shared, new JsonObject
        {
            ["scopes"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = scope }, ["shared"] = false }),
            ["operations"] = new JsonArray(
                new JsonObject { ["verb"] = "GET", ["target"] = "/open/*", ["authType"] = "None" },
                new JsonObject { ["verb"] = "GET", ["target"] = "/locked/*" },
                new JsonObject { ["verb"] = "GET", ["target"] = "/admin/*", ["scopes"] = new JsonArray(scope) }),
        });
    }

    private static async Task TryAllAsync(FrontDoorApi api, string? token)
    {
        PathTrick[] tricks = [.. PathTricks.All];
        Assert.True(tricks.Length >= 60, $"only {tricks.Length} tricks");
        var context = api.Path[..api.Path.LastIndexOf('/')];
        await Parallel.ForEachAsync(tricks, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (trick, _) =>
        {
            var target = trick.Target.Replace("{api}", api.Path, StringComparison.Ordinal).Replace("{context}", context, StringComparison.Ordinal);
            List<string> lines = [$"{trick.Method} {target} HTTP/1.1"];
            lines.AddRange(trick.Header?.StartsWith("Host", StringComparison.Ordinal) == true ? [] : ["Host: localhost"]);
            lines.AddRange(trick.Header is null ? [] : [trick.Header]);
            lines.AddRange(token is null ? [] : [$"Authorization: Bearer {token}"]);
            var answer = await RawClient.SendAsync(api.Url, RawAnswers.Bytes(string.Join("\r\n", [.. lines, "Connection: close", "", ""])));
            Assert.True(Regex.IsMatch(answer, "^HTTP/1.1 (200|4..) "), $"{trick}: {answer}");
        });
    }

    /// <summary>The first segments that a careless backend may see in a target: decoded thrice, with all that counts as a slash, a dot or nothing.</summary>
    private static string[] MayBeRead(string target)
    {
        var path = target.Split('?', '#')[0];
        SortedSet<string> read = [];
        for (var round = 0; round < 4; round++)
        {
            read.Add(FirstSegment(path));
            path = Encoded().Replace(path, match => ((char)Convert.ToByte(match.Value[1..], 16)).ToString());
        }

        return [.. read];
    }

    private static string FirstSegment(string path)
    {
        var plain = Overlong().Replace(path.Replace('\\', '/'), match => match.Value[^1] is '\u00af' or '\u009c' ? "/" : ".");
        List<string> segments = [];
        foreach (var segment in plain.Split('/').Select(segment => segment.Split(';')[0].Trim(' ', '\0', '\t', '\r', '\n')))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            }
            else if (segment.Trim('.').Length > 0)
            {
                segments.Add(segment.Trim('.').ToLowerInvariant());
            }
        }

        return segments.FirstOrDefault("");
    }

    [GeneratedRegex("%[0-9a-fA-F]{2}")]
    private static partial Regex Encoded();

    [GeneratedRegex("\u00c0[\u00ae\u00af]|\u00c1\u009c|\u00e0\u0080[\u00ae\u00af]|\u00f0\u0080\u0080[\u00ae\u00af]")]
    private static partial Regex Overlong();
}
