using System.Buffers;

namespace Tollgate.Gateway;

/// <summary>What header names and values are made of, in requests and in responses alike.</summary>
internal static class HeaderSyntax
{
    // RFC 9110 section 5.6.2.
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // RFC 9110 section 5.5: a value has visible bytes, blanks, tabs and bytes outside ASCII.
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127,
    ]);

    public static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenBytes);

    public static bool IsValue(ReadOnlySpan<byte> value) => !value.ContainsAny(ControlBytes);
}
