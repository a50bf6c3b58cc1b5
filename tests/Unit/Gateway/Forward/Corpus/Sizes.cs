using Tollgate.Gateway.Forward;

namespace Tollgate.Unit.Gateway.Forward.Corpus;

/// <summary>Heads that are too large, or come too often.</summary>
internal static class Sizes
{
    private const string Status = "HTTP/1.1 200 OK\r\n";

    public static IEnumerable<BadResponse> All =>
    [
        new("size: one line of 64 KB", $"{Status}X-A: {new string('x', ResponseHead.MostBytes)}\r\n\r\n", Flaw.HeadTooLarge),
        new("size: a line without end", $"{Status}X-A: {new string('x', ResponseHead.MostBytes + 10)}", Flaw.HeadTooLarge),
        new("size: a name without end", Status + new string('x', ResponseHead.MostBytes + 10), Flaw.HeadTooLarge),
        new("size: a reason without end", "HTTP/1.1 200 " + new string('x', ResponseHead.MostBytes + 10), Flaw.HeadTooLarge),
        new("size: 70 lines of 1 KB", $"{Status}{Lines(70, 1000)}\r\n", Flaw.HeadTooLarge),
        new("size: 201 lines", $"{Status}{Lines(ResponseHead.MostLines + 1, 1)}\r\n", Flaw.TooManyLines),
        new("size: 10,000 lines", $"{Status}{Lines(10_000, 1)}\r\n", Flaw.TooManyLines),
        new("size: 1,000 equal cookies", $"{Status}{string.Concat(Enumerable.Repeat("Set-Cookie: a=1\r\n", 1000))}\r\n", Flaw.TooManyLines),
    ];

    private static string Lines(int count, int length) =>
        string.Concat(Enumerable.Range(0, count).Select(number => $"X-{number}: {new string('x', length)}\r\n"));
}
