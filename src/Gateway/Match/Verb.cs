namespace Tollgate.Gateway.Match;

/// <summary>HTTP methods that operations can have, as small numbers for tables.</summary>
internal static class Verb
{
    public const int Unknown = -1;
    public const int Get = 0;

    public const int Options = 6;

    private static readonly string[] Names = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    public static int Count => Names.Length;

    /// <summary>The number of a method, which is case-sensitive (RFC 9110 section 9.1).</summary>
    public static int Of(ReadOnlySpan<byte> method) => method switch
    {
        _ when method.SequenceEqual("GET"u8) => Get,
        _ when method.SequenceEqual("POST"u8) => 1,
        _ when method.SequenceEqual("PUT"u8) => 2,
        _ when method.SequenceEqual("DELETE"u8) => 3,
        _ when method.SequenceEqual("PATCH"u8) => 4,
        _ when method.SequenceEqual("HEAD"u8) => 5,
        _ when method.SequenceEqual("OPTIONS"u8) => Options,
        _ => Unknown,
    };

    public static int Of(string method) => Array.IndexOf(Names, method);

    public static string Name(int verb) => Names[verb];
}
