using System.Net;

namespace Tollgate.Unit.Gateway;

/// <summary>A call of a <see cref="Scene"/>.</summary>
internal sealed record SceneCall
{
    public string Path { get; init; } = Scene.ThingPath;

    public IReadOnlyList<(string? Name, string? Text)> Headers { get; init; } = [];

    public byte[] Query { get; init; } = [];

    public IPAddress Address { get; init; } = IPAddress.Parse("192.0.2.1");

    /// <summary>Length of the body.</summary>
    public long Body { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long Milliseconds { get; init; } = Scene.Now * 1000;
}
