namespace Tollgate.Gateway.Listen.PassThrough;

/// <summary>What the key manager answered.</summary>
internal sealed record KeyManagerAnswer(int Status, IReadOnlyList<KeyValuePair<string, string[]>> Headers, byte[] Body)
{
    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Cache-Control", "Content-Language", "Content-Type", "Location", "Pragma", "Retry-After", "WWW-Authenticate",
    };

    /// <param name="response">An answer that is read to its end.</param>
    public static async Task<KeyManagerAnswer> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        [
            .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .Where(header => Passed.Contains(header.Key)).Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray())),
        ],
        await response.Content.ReadAsByteArrayAsync());

    public async Task WriteAsync(RequestContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, values) in Headers)
        {
            response.Headers[name] = values;
        }

        response.Headers[FaultBody.CorrelationHeader] = context.Exchange.Id;
        if (context.Request.Method != "HEAD")
        {
            response.Headers.ContentLength = Body.Length;
            await context.ResponseBody.Writer.WriteAsync(Body);
        }
    }
}
