using System.Runtime.CompilerServices;
using Tollgate.Gateway.Loop;

namespace Tollgate.Unit.Gateway.Loop;

/// <summary>A test of the gateway's own loop, which there is on Linux only.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = EventLoop.IsSupported ? null : "There is no loop on this system.";
}
