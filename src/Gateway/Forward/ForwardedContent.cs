using System.IO.Pipelines;
using System.Net;

namespace Tollgate.Gateway.Forward;

/// <summary>Streams a request body from the client to the backend, as fast as the slower of the two.</summary>
internal sealed class ForwardedContent(PipeReader body, long? length, CancellationToken cancellation) : HttpContent
{
    /// <summary>True when the client's side of the body failed, as opposed to the backend's.</summary>
    public bool ClientFailed { get; private set; }

    /// <summary>Bytes sent so far; limits on bytes count them.</summary>
    public long Sent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    private async Task CopyAsync(Stream stream, CancellationToken sending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, sending);
        while (true)
        {
            ReadResult read;
            try
            {
                read = await body.ReadAsync(either.Token);
            }
            catch (Exception)
            {
                ClientFailed = !sending.IsCancellationRequested;
                throw;
            }

            foreach (var segment in read.Buffer)
            {
                await stream.WriteAsync(segment, either.Token);
                Sent += segment.Length;
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            // A chunk may be all there is for a while (a stream of events): it goes on at once.
            await stream.FlushAsync(either.Token);
        }
    }
}
