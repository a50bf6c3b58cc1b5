namespace Tollgate;

/// <summary>Takes the arguments of the field's start script out of a command line, before the rest is parsed.</summary>
internal static class Arguments
{
    /// <summary><c>-Dname=value</c>, <c>-Dname</c>, <c>--optimize</c> and the like as properties; the others in order.</summary>
    public static (IReadOnlyList<KeyValuePair<string, string>> Properties, string[] Others) Split(string[] arguments)
    {
        List<KeyValuePair<string, string>> properties = [];
        List<string> others = [];
        foreach (var argument in arguments)
        {
            if (argument.StartsWith("-D", StringComparison.Ordinal) && argument.Length > 2)
            {
                var equals = argument.IndexOf('=', StringComparison.Ordinal);
                properties.Add(equals < 0 ? new(argument[2..], "true") : new(argument[2..equals], argument[(equals + 1)..]));
            }
            else if (argument is "--optimize" or "--skipConfigOptimization")
            {
                properties.Add(new("optimize", "true"));
            }
            else
            {
                others.Add(argument);
            }
        }

        return (properties, [.. others]);
    }
}
