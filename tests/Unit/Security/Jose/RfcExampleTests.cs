using System.Text;
using Tollgate.Security.Jose;

namespace Tollgate.Unit.Security.Jose;

/// <summary>The examples printed in RFC 7515 and RFC 7638.</summary>
public sealed class RfcExampleTests
{
    // Carriage returns, spaces and a claim with a URL for a name are part of the example.
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string A2Modulus =
        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNM"
        + "sD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmt"
        + "dVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

    private const string A2Key = $$"""{"kty":"RSA", "n":"{{A2Modulus}}", "e":"AQAB"}""";

    private const string A2Signature =
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
        + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
        + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string A3Key = """
        {"kty":"EC", "crv":"P-256",
         "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
         "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
        """;

    private const string A3Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private const string ThumbprintModulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMs"
        + "tn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5ha"
        + "jrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    private const string ThumbprintKey =
        $$"""{"kty":"RSA", "n":"{{ThumbprintModulus}}", "e":"AQAB", "alg":"RS256", "kid":"2011-04-29"}""";

    [Theory]
    [InlineData(A2Key, "eyJhbGciOiJSUzI1NiJ9", A2Signature)]
    [InlineData(A3Key, "eyJhbGciOiJFUzI1NiJ9", A3Signature)]
    public void Rfc7515Example_PublishedToken_VerifiesWithItsClaims(string jwk, string header, string signature)
    {
        JwtVerifier verifier = new(new JsonWebKeySet([Parse(jwk)]).Find);

        var result = verifier.Verify(Encoding.ASCII.GetBytes($"{header}.{Payload}.{signature}"));

        Assert.True(result.IsVerified);
        Assert.Equal("joe", result.Claims.Issuer);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1300819380), result.Claims.ExpiresAt);
        Assert.Null(result.Claims.Subject);
        Assert.Null(result.Type);
    }

    [Fact]
    public void Rfc7638Example_Thumbprint_IsThePublishedOne() =>
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Parse(ThumbprintKey).Thumbprint());

    private static JsonWebKey Parse(string jwk)
    {
        Assert.True(JsonWebKey.TryParse(Encoding.UTF8.GetBytes(jwk), out var key, out var failure), failure.ToString());
        return key;
    }
}
