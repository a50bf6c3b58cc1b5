using System.Text;

namespace Tollgate.TrafficManager.Count;

/// <summary>A key that is kept for long: a byte per character where it is ASCII, as almost all are.</summary>
internal readonly struct CompactText(string text)
{
    private readonly object _text = Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : text;

    public bool Is(string other) => _text is byte[] ascii ? Ascii.Equals(ascii, other) : other.Equals((string)_text, StringComparison.Ordinal);

    public bool Contains(in CompactText part) => _text is byte[] ascii
        ? part._text is byte[] asciiPart && ascii.AsSpan().IndexOf(asciiPart) >= 0
        : ((string)_text).Contains(part.ToString(), StringComparison.Ordinal);

    public void Write(BinaryWriter writer)
    {
        if (_text is byte[] ascii)
        {
            // As a string is written.
            writer.Write7BitEncodedInt(ascii.Length);
            writer.Write(ascii);
        }
        else
        {
            writer.Write((string)_text);
        }
    }

    public override string ToString() => _text is byte[] ascii ? Encoding.ASCII.GetString(ascii) : (string)_text;
}
