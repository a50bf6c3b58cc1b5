namespace Tollgate.Security.Jose;

/// <summary>The header's <c>typ</c> of tokens that one key signs: what is of one type never passes for another (RFC 8725 section 3.11).</summary>
public static class JwtTypes
{
    /// <summary>RFC 9068 section 2.1.</summary>
    public const string AccessToken = "at+jwt";

    public const string ApiKey = "apikey+jwt";
}
