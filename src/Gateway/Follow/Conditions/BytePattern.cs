using System.Buffers;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Tollgate.Model;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>A pattern over the bytes of a request; without memory of its own while one thread at a time asks.</summary>
internal sealed class BytePattern(string pattern)
{
    /// <summary>A value is judged by so many of its first bytes, so that nobody chooses what a look costs.</summary>
    public const int Most = 4096;

    private readonly Regex _pattern = MatchPattern.Compile(pattern);

    public bool IsIn(ReadOnlySpan<byte> value)
    {
        if (value.Length > Most)
        {
            value = value[..Most];
        }

        // UTF-8 never has more UTF-16 units than bytes; what is no UTF-8 becomes U+FFFD.
        var buffer = ArrayPool<char>.Shared.Rent(Most);
        Utf8.ToUtf16(value, buffer, out _, out var length);
        var found = _pattern.IsMatch(buffer.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(buffer);
        return found;
    }
}
