namespace Tollgate.Stress.FrontDoor;

/// <summary>Small changes to bytes, of the kind that parsers disagree about.</summary>
public static class Mutations
{
    private static readonly byte[][] Pieces =
    [
        "\r\n"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\r\n\r\n"u8.ToArray(), " "u8.ToArray(), "\t"u8.ToArray(), "\0"u8.ToArray(),
        ":"u8.ToArray(), ": "u8.ToArray(),
        ","u8.ToArray(), ";"u8.ToArray(), "%2e%2e/"u8.ToArray(), "../"u8.ToArray(), "%2f"u8.ToArray(), "//"u8.ToArray(), "?"u8.ToArray(), "#"u8.ToArray(),
        "Transfer-Encoding: chunked\r\n"u8.ToArray(), "Content-Length: 3\r\n"u8.ToArray(), "Content-Length: 0\r\n"u8.ToArray(), "Host: b\r\n"u8.ToArray(),
        "Connection: keep-alive\r\n"u8.ToArray(), "0\r\n\r\n"u8.ToArray(), " chunked"u8.ToArray(), "HTTP/1.0"u8.ToArray(), "http://"u8.ToArray(),
        "\u00ff"u8.ToArray(), "%c0%ae"u8.ToArray(), "-"u8.ToArray(), "+"u8.ToArray(), "_"u8.ToArray(), "*"u8.ToArray(), "@"u8.ToArray(),
    ];

    public static void Apply(List<byte> bytes, Random random)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        var at = random.Next(bytes.Count);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 4), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                break;
            case 3:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }
}
