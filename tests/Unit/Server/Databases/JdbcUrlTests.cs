using Tollgate.Server.Databases;
using Tollgate.Storage.Dialects;

namespace Tollgate.Unit.Server.Databases;

public sealed class JdbcUrlTests
{
    [Theory]
    [InlineData("jdbc:postgresql://db.internal:5433/apim", "postgresql", "db.internal", 5433, "apim")]
    [InlineData("jdbc:postgresql://db/apim", "postgresql", "db", 0, "apim")]
    [InlineData("jdbc:mysql://10.0.0.7:3307/apim_db?useSSL=false", "mysql", "10.0.0.7", 3307, "apim_db")]
    [InlineData("jdbc:mariadb://my_db.internal/apim-db", "mariadb", "my_db.internal", 0, "apim-db")]
    [InlineData("jdbc:mysql://[::1]:3306/apim", "mysql", "::1", 3306, "apim")]
    [InlineData("  jdbc:mysql://db/with%20space\n", "mysql", "db", 0, "with space")]
    public void Read_GoodAddress_HasItsParts(string text, string product, string host, int port, string name)
    {
        var url = JdbcUrl.Read(text);

        Assert.Equal((product, host, port, name), (url?.Product, url?.Host, url?.Port, url?.Name));
    }

    [Theory]
    [InlineData("jdbc:postgresql://db/apim?user=ann&password=p%26q%3D1%2B&currentSchema=other", "p&q=1+")]
    [InlineData("jdbc:mysql://db/apim?user=ann&amp;password=p%26q%3D1%2B&amp;currentSchema=other", "p&q=1+")]
    [InlineData("jdbc:mysql://db/apim?password=a&&user=ann&CURRENTSCHEMA=other&flag", "a")]
    public void Read_Parameters_AreUnescapedAndIgnoreCase(string text, string password)
    {
        var url = JdbcUrl.Read(text)!;

        Assert.Equal(("ann", password, "other", null), (url["USER"], url["password"], url["currentschema"], url["absent"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("postgresql://db/apim")]
    [InlineData("jdbc:oracle:thin:@db:1521/apim")]
    [InlineData("jdbc:sqlserver://db:1433;databaseName=apim")]
    [InlineData("jdbc:postgresql:apim")]
    [InlineData("jdbc:postgresql://db")]
    [InlineData("jdbc:postgresql://db/")]
    [InlineData("jdbc:postgresql:///apim")]
    [InlineData("jdbc:postgresql://db:99999/apim")]
    [InlineData("jdbc:postgresql://db:port/apim")]
    [InlineData("jdbc:postgresql://db:-1/apim")]
    [InlineData("jdbc:postgresql://one,two/apim")]
    [InlineData("jdbc:mysql://ann:secret@db/apim")]
    [InlineData("jdbc:mysql://address=(host=db)(port=3306)/apim")]
    [InlineData("jdbc:mysql:loadbalance://one:3306/apim")]
    [InlineData("jdbc:mysql://db;Password=x/apim")]
    [InlineData("jdbc:mysql://[::1/apim")]
    [InlineData("jdbc:mysql://db/apim/../mysql")]
    [InlineData("jdbc:mysql://db/ap\nim")]
    [InlineData("jdbc:mysql://db/ap%00im")]
    [InlineData("x\njdbc:mysql://db/apim")]
    public void Read_OtherOrHostileAddress_IsRefused(string text) => Assert.Null(JdbcUrl.Read(text));

    [Theory]
    [InlineData("jdbc:postgresql://db/a", null)]
    [InlineData("jdbc:postgresql://db/a?ssl=true", Protection.VerifyHost)]
    [InlineData("jdbc:postgresql://db/a?ssl=false", Protection.None)]
    [InlineData("jdbc:mysql://db/a?useSSL=false", Protection.None)]
    [InlineData("jdbc:mysql://db/a?useSSL=true", Protection.Required)]
    [InlineData("jdbc:mysql://db/a?useSSL=true&requireSSL=true&verifyServerCertificate=true", Protection.VerifyAuthority)]
    public void Protection_OlderParameters_AreUnderstood(string text, Protection? protection) => Assert.Equal(protection, JdbcUrl.Read(text)!.Protection);

    [Theory]
    [InlineData("verify-full", Protection.VerifyHost)]
    [InlineData("VERIFY_IDENTITY", Protection.VerifyHost)]
    [InlineData("VERIFY_CA", Protection.VerifyAuthority)]
    [InlineData("trust", Protection.Required)]
    [InlineData("PREFERRED", Protection.Preferred)]
    [InlineData("disable", Protection.None)]
    [InlineData("verfy-full", null)]
    public void ProtectionOf_TheNamesOfAllProducts_AreKnown(string mode, Protection? protection) => Assert.Equal(protection, JdbcUrl.ProtectionOf(mode));
}
