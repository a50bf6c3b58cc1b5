using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Tollgate.Gateway.Record;

/// <summary>Writes an entry of the access log as one line, whatever callers have sent.</summary>
internal static class AccessLine
{
    public static string Of(in AccessEntry entry, AccessLogFormat format) => format == AccessLogFormat.Json ? Json(entry) : Combined(entry);

    private static string Combined(in AccessEntry entry)
    {
        var line = new StringBuilder(256);
        line.Append(Client(entry)).Append(" - - [");
        line.Append(TimeOf(entry).ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("] \"");
        Escape(line, entry.Method);
        line.Append(' ');
        Escape(line, Path(entry.Target));
        line.Append(' ').Append(entry.Protocol).Append("\" ").Append(CultureInfo.InvariantCulture, $"{entry.Status} - \"");
        Escape(line, entry.Referer.Length == 0 ? "-" : Path(entry.Referer));
        line.Append("\" \"");
        Escape(line, entry.UserAgent.Length == 0 ? "-" : entry.UserAgent);
        return line.Append(CultureInfo.InvariantCulture, $"\" {Milliseconds(entry):0.000} {entry.Id}\n").ToString();
    }

    private static string Json(in AccessEntry entry)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", TimeOf(entry));
            writer.WriteString("client", Client(entry));
            writer.WriteString("method", entry.Method);
            writer.WriteString("path", Path(entry.Target));
            writer.WriteString("protocol", entry.Protocol);
            writer.WriteNumber("status", entry.Status);
            writer.WriteNumber("durationMs", Math.Round(Milliseconds(entry), 3));
            writer.WriteString("referer", Path(entry.Referer));
            writer.WriteString("userAgent", entry.UserAgent);
            writer.WriteString("correlationId", entry.Id);
            writer.WriteString("apiId", entry.ApiId);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static DateTimeOffset TimeOf(in AccessEntry entry) => DateTimeOffset.FromUnixTimeMilliseconds(entry.Time);

    private static double Milliseconds(in AccessEntry entry) => entry.Duration.TotalMilliseconds;

    private static string Client(in AccessEntry entry) => entry.Client.Equals(IPAddress.None) ? "unknown" : entry.Client.ToString();

    // Queries hold keys, of the page that called as well.
    private static string Path(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    // No caller ends a line, or a field, or sends a code to a terminal.
    private static void Escape(StringBuilder to, string text)
    {
        foreach (var c in text)
        {
            if (c is >= ' ' and < (char)0x7f and not ('"' or '\\'))
            {
                to.Append(c);
            }
            else
            {
                to.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
        }
    }
}
