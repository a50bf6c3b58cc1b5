namespace Tollgate.Eventing.Wire;

/// <summary>What the transport knows of a kind of message: its bytes, and how two of them become one while they wait.</summary>
/// <remarks>
/// A message is: mark, form number, kind, head, items. Head and items carry their lengths, so that a newer program may append fields: an older one passes
/// over them, and reads zero for fields that it is not sent. The form number changes only when that is not enough (docs/adr/0057).
/// </remarks>
internal abstract class MessageForm<TMessage, TItem>
    where TMessage : class
{
    public const int MostItems = 4096;

    /// <summary>Senders end a message when its items are this long.</summary>
    public const int EnoughBytes = 128 * 1024;

    /// <summary>Far beyond what a sender makes.</summary>
    public const int MostBytes = 1024 * 1024;

    protected const int MostTextBytes = 8 * 1024;

    private const int MostItemBytes = 16 * 1024;
    private const int MostHeadBytes = 512 * 1024;

    private const byte Mark = 0xB7;
    private const byte FormNumber = 1;

    /// <summary>Names the kind in metrics and in the log.</summary>
    public abstract string Name { get; }

    protected abstract byte Kind { get; }

    /// <summary>Writes items from the first one on and returns how many fit.</summary>
    /// <param name="writer">Cleared first.</param>
    /// <param name="message">The message that all items are of.</param>
    /// <param name="items">At least those that are left.</param>
    public int Write(WireWriter writer, TMessage message, ReadOnlySpan<TItem> items)
    {
        var fit = Write(writer, message, items, isLast: true);
        // Only then is it known that more messages follow.
        return fit == items.Length ? fit : Write(writer, message, items, isLast: false);
    }

    /// <summary>Reads a message; <paramref name="flaw"/> says in a few fixed words what is wrong with one that cannot be used.</summary>
    public TMessage? Read(ReadOnlySpan<byte> bytes, out string flaw)
    {
        var reader = new WireReader(bytes.Length > MostBytes ? [] : bytes);
        flaw = bytes.Length > MostBytes ? "too long"
            : reader.Byte() != Mark ? "not a message of ours"
            : reader.Byte() != FormNumber ? "of a form that this version does not know"
            : reader.Byte() != Kind ? "of another kind"
            : "";
        if (flaw.Length > 0)
        {
            return null;
        }

        var head = reader.Part();
        var message = ReadHead(ref head);
        List<TItem> items = [];
        while (!reader.IsAtEnd && !head.IsFlawed && items.Count < MostItems)
        {
            var part = reader.Part();
            var item = ReadItem(ref part);
            if (part.IsFlawed || !IsValid(item))
            {
                flaw = "with an item that cannot be";
                return null;
            }

            items.Add(item);
        }

        flaw = head.IsFlawed || reader.IsFlawed || !reader.IsAtEnd || !IsValid(message) ? "cut off, or with fields that cannot be" : "";
        return flaw.Length == 0 ? With(message, items) : null;
    }

    /// <summary>Messages of different partitions have nothing to do with each other.</summary>
    public abstract int PartitionOf(TMessage message);

    public abstract IReadOnlyList<TItem> ItemsOf(TMessage message);

    /// <summary>Items with the same identity become one.</summary>
    public abstract (string Key, long WindowMilliseconds) IdentityOf(TItem item);

    /// <summary>One item that says all that two say, whichever of them is the newer one.</summary>
    public abstract TItem Merge(TItem one, TItem other);

    /// <summary>One message that says, with the merged items, all that two say. Both are of one sender and one partition.</summary>
    public abstract TMessage Merge(TMessage older, TMessage newer);

    /// <summary>A message as it leaves this node.</summary>
    public virtual TMessage Outgoing(TMessage message) => message;

    /// <summary>The message that the next part of a divided one begins.</summary>
    public virtual TMessage Following(TMessage message) => message;

    protected abstract TMessage With(TMessage message, IReadOnlyList<TItem> items);

    protected abstract void WriteHead(WireWriter writer, TMessage message, bool isLast);

    protected abstract TMessage ReadHead(ref WireReader reader);

    protected abstract bool IsValid(TMessage message);

    protected abstract void WriteItem(WireWriter writer, TItem item);

    protected abstract TItem ReadItem(ref WireReader reader);

    protected abstract bool IsValid(TItem item);

    private int Write(WireWriter writer, TMessage message, ReadOnlySpan<TItem> items, bool isLast)
    {
        writer.Clear();
        writer.Byte(Mark);
        writer.Byte(FormNumber);
        writer.Byte(Kind);
        var head = writer.BeginPart();
        WriteHead(writer, message, isLast);
        if (!writer.EndPart(head, MostHeadBytes))
        {
            throw new InvalidOperationException($"The head of a message of {Name} is too long.");
        }

        var (written, enough) = (0, writer.Length + EnoughBytes);
        for (; written < items.Length && written < MostItems && writer.Length < enough; written++)
        {
            var start = writer.BeginPart();
            WriteItem(writer, items[written]);
            // A key of many kilobytes counts at this node only.
            writer.EndPart(start, MostItemBytes);
        }

        return written;
    }
}
