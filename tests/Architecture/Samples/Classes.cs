namespace Tollgate.Architecture.Samples;

/// <summary>Classes that rules about their shape accept or not.</summary>
internal static class Classes
{
#pragma warning disable CA1852 // what the sample is about
    internal class Open;
#pragma warning restore CA1852

    internal class Derived;

    internal sealed class Sealed : Derived;

    internal abstract class Abstract;

    internal sealed class StringHelper;

    internal sealed class Utilization;

    internal sealed class SessionManager;

    internal sealed class RuntimeKeyManager;
}
