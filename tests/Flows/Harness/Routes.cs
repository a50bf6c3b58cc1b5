using System.Text.RegularExpressions;

namespace Tollgate.Flows.Harness;

/// <summary>A line of the program's route table.</summary>
public sealed partial record Route(string Method, string Path, string Access)
{
    /// <summary>Nobody's id.</summary>
    public const string Nothing = "00000000-0000-0000-0000-000000000000";

    /// <summary>Any one of these admits a person; empty where the route asks for no scope.</summary>
    public IReadOnlyList<string> Scopes => Access.StartsWith("scope: ", StringComparison.Ordinal) ? Access["scope: ".Length..].Split(' ') : [];

    /// <summary>The path with values by its beginnings, each up to a parameter; a parameter without one gets nobody's id.</summary>
    public string With(Func<string, string?> value) => Parameter().Replace(Path, parameter => value(Path[..(parameter.Index + parameter.Length)]) ?? Nothing);

    /// <summary>The beginnings of the path, each up to a parameter.</summary>
    public IEnumerable<string> Prefixes => Parameter().Matches(Path).Select(parameter => Path[..(parameter.Index + parameter.Length)]);

    /// <summary>The whole table, as the real program prints it.</summary>
    public static async Task<IReadOnlyList<Route>> AllAsync()
    {
        using var home = new TestHome();
        var (code, output, _) = await Programs.RunAsync(TestNode.ProgramPath, "routes", "--home", home.Path);
        Assert.Equal(0, code);
        return [.. Line().Matches(output).Select(line => new Route(line.Groups[1].Value, line.Groups[2].Value, line.Groups[3].Value))];
    }

    [GeneratedRegex(@"^(\S+)\s+(\S+)\s+\[(.*)\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
