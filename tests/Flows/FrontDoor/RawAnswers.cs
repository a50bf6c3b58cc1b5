using System.Globalization;
using System.Text;

namespace Tollgate.Flows.FrontDoor;

/// <summary>An answer as it stood on the wire.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Reads the answers of one connection strictly; anything between or behind them is an error.</summary>
public static class RawAnswers
{
    public static IReadOnlyList<RawAnswer> Parse(string text)
    {
        List<RawAnswer> answers = [];
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf("\r\n\r\n", at, StringComparison.Ordinal);
            if (end < 0 || !text.AsSpan(at).StartsWith("HTTP/1.1 "))
            {
                throw new FormatException($"no answer begins with: {text[at..Math.Min(text.Length, at + 80)]}");
            }

            var lines = text[at..end].Split("\r\n");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
                parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.OrdinalIgnoreCase);
            var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
            at = end + 4;
            var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
            answers.Add(new RawAnswer(status, headers, text.Substring(at, length)));
            at += length;
        }

        return answers;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
