using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Unit.Gateway.Forward;

/// <summary>Calls of gRPC end to end over HTTP/2.</summary>
public sealed class GrpcForwarderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stream_InBothDirections_PassesEachMessageBeforeTheNextIsAskedFor()
    {
        await using var backend = await StartAsync(async http =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.FlushAsync();
            var buffer = new byte[100];
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer)) > 0)
            {
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                await http.Response.Body.FlushAsync();
            }

            http.Response.AppendTrailer("grpc-status", "0");
            http.Response.AppendTrailer("x-te", http.Request.Headers.TE.ToString());
        });
        await using var rig = await ForwardRig.StartAsync(Url(backend));
        var content = new Messages();
        using var request = Request(rig, content);
        using var response = await rig.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var answers = await response.Content.ReadAsStreamAsync();
        var outgoing = await content.Stream.WaitAsync(Patience);
        for (byte i = 0; i < 20; i++)
        {
            await outgoing.WriteAsync(new byte[] { 0, 0, 0, 0, 1, i });
            await outgoing.FlushAsync();
            var message = new byte[6];
            await answers.ReadExactlyAsync(message).AsTask().WaitAsync(Patience);
            Assert.Equal(i, message[5]);
        }

        content.Complete();
        Assert.Equal(0, await answers.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal(["trailers"], response.TrailingHeaders.GetValues("x-te"));
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task Answer_OfTrailersOnly_HasThem()
    {
        await using var backend = await StartAsync(http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.Headers["grpc-status"] = "12";
            return Task.CompletedTask;
        });
        await using var rig = await ForwardRig.StartAsync(Url(backend));
        using var request = Request(rig, new ByteArrayContent([0, 0, 0, 0, 0]));
        using var response = await rig.Http.SendAsync(request).WaitAsync(Patience);
        Assert.Equal(["12"], response.Headers.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Backend_ThatBreaksOff_BreaksTheStream()
    {
        var broken = new TaskCompletionSource();
        await using var backend = await StartAsync(async http =>
        {
            await http.Response.Body.WriteAsync(new byte[10]);
            await http.Response.Body.FlushAsync();
            await broken.Task;
            http.Abort();
        });
        await using var rig = await ForwardRig.StartAsync(Url(backend));
        using var request = Request(rig, new ByteArrayContent([0, 0, 0, 0, 0]));
        using var response = await rig.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        await using var answers = await response.Content.ReadAsStreamAsync();
        await answers.ReadExactlyAsync(new byte[10]).AsTask().WaitAsync(Patience);
        broken.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => answers.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task Backend_ThatCannotBeReached_IsAFault()
    {
        var backend = await StartAsync(_ => Task.CompletedTask);
        var url = Url(backend);
        await backend.DisposeAsync();
        await using var rig = await ForwardRig.StartAsync(url);
        using var request = Request(rig, new ByteArrayContent([0, 0, 0, 0, 0]));
        using var response = await rig.Http.SendAsync(request).WaitAsync(Patience);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    private static HttpRequestMessage Request(ForwardRig rig, HttpContent content)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(rig.Http2Url, "/service/Method"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static string Url(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>A body that the test writes while the call is under way.</summary>
    private sealed class Messages : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _done = new();

        public Task<Stream> Stream => _stream.Task;

        public void Complete() => _done.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            _stream.SetResult(stream);
            await _done.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
