using System.Text.Json;
using Tollgate.Model;
using Tollgate.Model.Runtime;

namespace Tollgate.Gateway.Follow.Disk;

/// <summary>A batch of changes as newline-delimited JSON, the same text that the feed sends: the first line says from where to where it leads.</summary>
internal static class ChangeText
{
    private static ReadOnlySpan<byte> NewLine => "\n"u8;

    public static void WriteLine<T>(MemoryStream text, T value)
    {
        JsonSerializer.Serialize(text, value, ModelJson.Options);
        text.Write(NewLine);
    }

    /// <summary>Reads a batch; <see cref="InvalidDataException"/> when it is not one.</summary>
    public static (FeedStart Head, List<RuntimeChange> Changes) Read(byte[] text)
    {
        try
        {
            FeedStart? head = null;
            List<RuntimeChange> changes = [];
            foreach (var range in text.AsSpan().Split((byte)'\n'))
            {
                var line = text.AsSpan(range);
                if (line.IsEmpty)
                {
                    continue;
                }

                if (head is null)
                {
                    head = JsonSerializer.Deserialize<FeedStart>(line, ModelJson.Options);
                }
                else
                {
                    changes.Add(JsonSerializer.Deserialize<RuntimeChange>(line, ModelJson.Options)!);
                }
            }

            return (head ?? throw new InvalidDataException("a batch has no first line"), changes);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("a batch is not valid JSON", error);
        }
    }
}
