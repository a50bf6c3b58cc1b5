using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Tollgate.Gateway.Listen;

/// <summary>Writes faults as the field's clients know them: flat JSON with code, message and description as strings.</summary>
internal static class FaultBody
{
    public const string CorrelationHeader = "activityid";

    public static async Task WriteAsync(IFeatureCollection features, Exchange exchange, Fault fault, int status, bool retryAfter)
    {
        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        if (response.HasStarted)
        {
            // Half an answer is out: only breaking the connection tells the client that it is not whole.
            features.Get<IHttpRequestLifetimeFeature>()?.Abort();
            return;
        }

        var body = Render(exchange, fault);
        response.Headers.Clear();
        response.StatusCode = status;
        response.ReasonPhrase = null;
        response.Headers.ContentType = "application/json; charset=UTF-8";
        response.Headers.ContentLength = body.Length;
        response.Headers[CorrelationHeader] = exchange.Id;
        if (status == 401)
        {
            response.Headers.WWWAuthenticate = Challenge(exchange, fault);
        }

        if (exchange.RetryAt > 0 && retryAfter)
        {
            response.Headers.RetryAfter = SecondsUntil(exchange.RetryAt, exchange.Now).ToString(CultureInfo.InvariantCulture);
        }

        if (exchange.Allow.Length > 0 && status == 405)
        {
            response.Headers.Allow = exchange.Allow;
        }

        if (status == 426)
        {
            // RFC 9110 section 15.5.22, RFC 6455 section 4.4.
            response.Headers.Upgrade = "websocket";
            response.Headers.Connection = "keep-alive, Upgrade";
            response.Headers.SecWebSocketVersion = "13";
        }

        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        if (fault.Closes && request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            response.Headers.Connection = "close";
        }

        if (request.Method != "HEAD")
        {
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
        }
    }

    private static ReadOnlyMemory<byte> Render(Exchange exchange, Fault fault)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("code", fault.Code);
            if (fault.Type is not null)
            {
                writer.WriteString("type", fault.Type);
            }

            writer.WriteString("message", fault.Message);
            if (exchange.RetryAt > 0)
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(exchange.RetryAt).ToString("yyyy-MMM-dd HH:mm:ss'+0000 UTC'", CultureInfo.InvariantCulture);
                writer.WriteString("description", $"{fault.Description} You can access the API after {time}.");
                writer.WriteString("nextAccessTime", time);
            }
            else
            {
                writer.WriteString("description", fault.Description);
            }

            writer.WriteString("correlationId", exchange.Id);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    // RFC 6750 section 3.1; "API Key" is how the field names the other scheme.
    private static string Challenge(Exchange exchange, Fault fault)
    {
        const string Token = "Bearer realm=\"Tollgate\"";
        const string Key = "API Key realm=\"Tollgate\"";
        if (fault.Code == Faults.MissingCode)
        {
            return exchange.Api is not { TakesApiKeys: true } api ? Token : api.TakesTokens ? $"{Token}, {Key}" : Key;
        }

        return exchange.ShowsApiKey ? Key : Token + ", error=\"invalid_token\", error_description=\"The provided token is invalid\"";
    }

    private static long SecondsUntil(long time, long now) => Math.Max(1, (time - now + 999) / 1000);
}
