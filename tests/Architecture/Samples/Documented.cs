namespace Tollgate.Architecture.Samples;

/// <summary>Has a summary.</summary>
public static class Documented
{
    public sealed class Silent;

    internal sealed class Hidden;
}
