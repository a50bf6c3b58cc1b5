using System.Globalization;

namespace Tollgate.Stress.Limits;

/// <summary>How often something is repeated.</summary>
internal static class Repeats
{
    /// <summary>What a variable of the environment says, for a shorter or a longer run.</summary>
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var times) ? times : usual;
}
