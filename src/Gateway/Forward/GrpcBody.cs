using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Listen;

namespace Tollgate.Gateway.Forward;

/// <summary>Streams the messages of a gRPC call to the backend as they come, while its answers are read.</summary>
internal sealed class GrpcBody(RequestContext context, CancellationToken cancellation) : HttpContent
{
    private readonly PipeReader _body = context.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;

    /// <summary>The client's side of the body failed, as opposed to the backend's.</summary>
    public bool IsBroken { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task CopyAsync(Stream stream, CancellationToken sending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, sending);
        var sent = 0L;
        await stream.FlushAsync(either.Token);
        while (true)
        {
            var read = await ReadAsync(either.Token);
            foreach (var segment in read.Buffer)
            {
                await stream.WriteAsync(segment, either.Token);
                sent += segment.Length;
            }

            context.Exchange.CountBody(sent);
            _body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            await stream.FlushAsync(either.Token);
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken either)
    {
        try
        {
            return await _body.ReadAsync(either);
        }
        catch (Exception) when (!either.IsCancellationRequested)
        {
            IsBroken = true;
            throw;
        }
    }
}
