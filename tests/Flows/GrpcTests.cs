using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows;

/// <summary>Calls of gRPC on the gateway's HTTPS port, framed as in its protocol over HTTP/2, to a backend that speaks HTTP/2 without TLS.</summary>
public sealed class GrpcTests(SharedNode shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stream_InBothDirections_CarriesMessagesWhileItIsOpenAndTrailersAtItsEnd()
    {
        (string Path, string Protocol, string Type, string Te, string Timeout, string Authorization) seen = default;
        await using var backend = await StartAsync(async http =>
        {
            var headers = http.Request.Headers;
            seen = (
                http.Request.Path!, http.Request.Protocol, $"{headers.ContentType}", $"{headers.TE}", $"{headers["grpc-timeout"]}", $"{headers.Authorization}");
            await EchoAsync(http);
        });
        var (path, token) = await PublishAsync(backend);
        var outgoing = new Messages();
        using var response = await CallAsync(path, token, outgoing).WaitAsync(Patience);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        await using var incoming = await response.Content.ReadAsStreamAsync();
        for (var i = 0; i < 20; i++)
        {
            var message = RandomNumberGenerator.GetBytes(i == 10 ? 300_000 : 10 * i);
            var sending = outgoing.SendAsync(message);
            var echo = await ReadAsync(incoming);
            Assert.True(message.AsSpan().SequenceEqual(echo), $"message {i} was changed");
            await sending;
        }

        outgoing.Complete();
        Assert.Null(await ReadAsync(incoming));
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal(["all said"], response.TrailingHeaders.GetValues("grpc-message"));
        Assert.Equal(["AQID"], response.TrailingHeaders.GetValues("details-bin"));
        Assert.Equal(("/echo.Echo/Talk", "HTTP/2", "application/grpc+proto", "trailers", "5S", ""), seen);
    }

    [Fact]
    public async Task Failure_OfTheBackend_ArrivesAsItsStatus()
    {
        await using var backend = await StartAsync(http =>
        {
            // "Trailers-Only": all in one head.
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = "5";
            http.Response.Headers["grpc-message"] = "no such room";
            return Task.CompletedTask;
        });
        var (path, token) = await PublishAsync(backend);
        var outgoing = new Messages();
        using var response = await CallAsync(path, token, outgoing).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["5"], response.Headers.GetValues("grpc-status"));
        outgoing.Complete();
    }

    [Fact]
    public async Task Cancellation_ByTheClient_ReachesTheBackend()
    {
        var cancelled = new TaskCompletionSource();
        await using var backend = await StartAsync(async http =>
        {
            http.RequestAborted.Register(() => cancelled.TrySetResult());
            await EchoAsync(http);
        });
        var (path, token) = await PublishAsync(backend);
        using var leaving = new CancellationTokenSource();
        var outgoing = new Messages();
        using var response = await CallAsync(path, token, outgoing, leaving.Token).WaitAsync(Patience);
        await outgoing.SendAsync([1, 2, 3]);
        Assert.NotNull(await ReadAsync(await response.Content.ReadAsStreamAsync()));
        response.Dispose();
        await leaving.CancelAsync();
        // Long before the call's own timeout would end it.
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(3));
    }

    // Clients take the status from the HTTP status where there is none of gRPC: 401 is UNAUTHENTICATED, 403 PERMISSION_DENIED.
    [Fact]
    public async Task Refusal_OfTheGateway_IsAnHttpStatusThatClientsTranslate()
    {
        await using var backend = await StartAsync(EchoAsync);
        var (path, token) = await PublishAsync(backend);
        using (var response = await CallAsync(path, token[..^4] + "AAAA", new Messages()).WaitAsync(Patience))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, HttpVersion.Version20), (response.StatusCode, response.Version));
            Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
            Assert.False(response.Headers.Contains("grpc-status"));
        }

        var stranger = await shared.Portal.TokenAsync(await shared.Portal.ConsumerAsync(shared.NewName("Stranger")));
        using var forbidden = await CallAsync(path, stranger, new Messages()).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    private static async Task EchoAsync(HttpContext http)
    {
        http.Response.ContentType = "application/grpc+proto";
        http.Response.DeclareTrailer("grpc-status");
        await http.Response.Body.FlushAsync();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer)) > 0)
            {
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                await http.Response.Body.FlushAsync();
            }
        }
        catch (IOException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        http.Response.AppendTrailer("grpc-status", "0");
        http.Response.AppendTrailer("grpc-message", "all said");
        http.Response.AppendTrailer("details-bin", "AQID");
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(
            kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    /// <summary>The next message; null at the end.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        var head = new byte[5];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, patience.Token) == 0)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
        await stream.ReadExactlyAsync(message, patience.Token);
        return message;
    }

    private async Task<(string Path, string Token)> PublishAsync(WebApplication backend)
    {
        var url = backend.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var name = shared.NewName("Remote");
        var api = await shared.Portal.PublishAsync(name, url);
        var consumer = await shared.Portal.ConsumerAsync(shared.NewName("Client"));
        var subscription = await shared.Portal.SubscribeAsync(api, consumer);
        await Wait.UntilAsync("the gateway to know the subscription", Patience, async () =>
            (await shared.Admin.GetAsync("/api/am/gateway/v2/state")).Body.Contains(subscription, StringComparison.Ordinal));
        return ($"/{name.ToLowerInvariant()}/1.0.0/echo.Echo/Talk", await shared.Portal.TokenAsync(consumer));
    }

    private Task<HttpResponseMessage> CallAsync(string path, string token, Messages content, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, shared.Node.GatewayUrl + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-timeout", "5S");
        return shared.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Messages that are sent one by one while the answer is read.</summary>
    private sealed class Messages : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Messages() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc+proto");

        public async Task SendAsync(byte[] message)
        {
            var head = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), message.Length);
            var stream = await _stream.Task.WaitAsync(Patience);
            await stream.WriteAsync((byte[])[.. head, .. message]);
            await stream.FlushAsync();
        }

        public void Complete() => _done.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        // The client resets its stream when the content has noticed that nobody waits any more.
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _stream.TrySetResult(stream);
            await stream.FlushAsync(cancellationToken);
            await _done.Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
