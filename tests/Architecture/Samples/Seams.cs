namespace Tollgate.Architecture.Samples;

/// <summary>Interfaces with two, one and no implementations.</summary>
internal static class Seams
{
    internal interface ITwice;

    internal interface IExtended : ITwice;

    internal interface IOnce;

    internal interface INever;

    internal abstract class Base : IOnce;

    internal sealed class Derived : Base;

    internal sealed class First : ITwice;

    internal sealed class Second : IExtended;

    internal sealed class Third : IExtended;
}
