using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Follow;
using Tollgate.Gateway.Loop;

namespace Tollgate.Gateway.Listen.PassThrough;

/// <summary>
/// Passes requests for tokens that arrive at the gateway's ports on to the key manager, as they come: clients are given one host name for their
/// APIs and their tokens.
/// </summary>
/// <remarks>Goes before APIs, so that no API can be published in its place to collect clients' secrets.</remarks>
internal sealed class KeyManagerPaths(ControlPlane controlPlane, GatewayOptions options, TimeProvider time)
{
    private const int MostRequestBytes = 64 * 1024;
    private const int MostAnswerBytes = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly string[] RequestHeaders = ["Authorization", "Accept", "Accept-Language"];

    private readonly (string Own, string Target)[] _paths = [.. options.PassThrough.Paths.Where(path => path.Own.Length > 0)];

    /// <summary>The key manager's path for a path of this gateway; null when it is none of these.</summary>
    public string? TargetOf(string path)
    {
        foreach (var (own, target) in _paths)
        {
            if (path == own)
            {
                return target;
            }
        }

        return null;
    }

    /// <summary>Null when the key manager's answer was passed back, else the fault to answer with.</summary>
    public async Task<Fault?> AnswerAsync(RequestContext context, string target)
    {
        if (await BodyAsync(context.Request, context.Lifetime.RequestAborted) is not { } body)
        {
            return Faults.TooLarge;
        }

        KeyManagerAnswer? answer = null;
        await OffLoop.RunAsync(async () => answer = await AskAsync(context, target, body));
        if (answer is null)
        {
            return Faults.NoKeyManager;
        }

        await answer.WriteAsync(context);
        return null;
    }

    private async Task<KeyManagerAnswer?> AskAsync(RequestContext context, string target, byte[] body)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.Lifetime.RequestAborted);
        try
        {
            using var response = await controlPlane.Nodes.SendAsync(
                controlPlane.Http, node => Request(context, new Uri(node, target), body), either.Token);
            await response.Content.LoadIntoBufferAsync(MostAnswerBytes, either.Token);
            return await KeyManagerAnswer.OfAsync(response);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static HttpRequestMessage Request(RequestContext context, Uri target, byte[] body)
    {
        var incoming = context.Request;
        var request = new HttpRequestMessage(
            new HttpMethod(incoming.Method),
            new Uri(target + incoming.QueryString, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = body.Length > 0 ? new ByteArrayContent(body) : null,
        };
        foreach (var name in RequestHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, incoming.Headers[name].AsEnumerable());
        }

        if (incoming.Headers.ContentType is [{ } type])
        {
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (!context.Caller.Address.Equals(IPAddress.None))
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Caller.Address.ToString());
        }

        return request;
    }

    // Null when it is too long.
    private static async Task<byte[]?> BodyAsync(IHttpRequestFeature request, CancellationToken aborted)
    {
        var body = new byte[MostRequestBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, aborted);
        return length > MostRequestBytes ? null : body[..length];
    }
}
