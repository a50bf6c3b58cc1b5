using Tollgate.Server.Configuration;
using Tollgate.Server.Databases;
using Tollgate.Server.Options;

namespace Tollgate.Unit.Server.Databases;

/// <summary>Settings of a database that cannot be meant are refused with the key to mend, and without its secrets.</summary>
public sealed class DatabaseProductsTests
{
    private const string Secret = "pass-1234";

    private static readonly OneDatabase Good = new() { Type = "postgresql", Name = "apim", User = "ann", Password = Secret };

    public static TheoryData<string, string> Bad => new()
    {
        { "type = oracle", "database.apim_db.type 'oracle'" },
        { "url = jdbc:mysql://db/apim", "must look like jdbc:postgresql://" },
        { $"url = jdbc:postgresql://ann:{Secret}@db/apim", "must look like jdbc:postgresql://" },
        { $"url = jdbc:postgresql://db/apim?sslmode=verfy-full&password={Secret}", "url: sslmode 'verfy-full' is not one of" },
        { "ssl_mode = verfy-full", "ssl_mode 'verfy-full' is not one of" },
        { "ssl_root_certificate = ca.pem", "looked at with ssl_mode verify-ca or verify-full only" },
        { "url = jdbc:postgresql://db/apim?sslmode=require&sslrootcert=ca.pem", "looked at with ssl_mode verify-ca or verify-full only" },
        { "url = jdbc:postgresql://db/apim?sslmode=verify-ca&sslrootcert=ca.pem", "there is no file" },
        { "name = ", "database.apim_db.name is missing" },
        { "username = ", "database.apim_db.username is missing" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Of_SettingsThatCannotBeMeant_NamesTheKey(string setting, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => DatabaseProducts.Of(With(setting), "apim_db", "/nowhere"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheEmbeddedDatabaseWithTheAddressOfAServer_IsRefused()
    {
        var error = Assert.Throws<ConfigurationException>(
            () => DatabaseProducts.Of(new OneDatabase { Url = "jdbc:mysql://db/apim" }, "shared_db", "/nowhere"));

        Assert.Contains("database.shared_db.url is not of the embedded database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheAddressOfTheFieldsEmbeddedDatabase_IsTheEmbeddedDatabase()
    {
        var home = Directory.CreateTempSubdirectory("tollgate-unit-").FullName;

        using (var dialect = DatabaseProducts.Of(new OneDatabase { Url = "jdbc:h2:./repository/database/AM_DB;DB_CLOSE_ON_EXIT=FALSE" }, "apim_db", home))
        {
            Assert.Equal("SQLite", dialect.Product);
        }

        Directory.Delete(home, recursive: true);
    }

    private static OneDatabase With(string setting)
    {
        var (key, value) = (setting[..setting.IndexOf(" = ", StringComparison.Ordinal)], setting[(setting.IndexOf(" = ", StringComparison.Ordinal) + 3)..]);
        return key switch
        {
            "type" => Good with { Type = value },
            "url" => Good with { Url = value },
            "ssl_mode" => Good with { SslMode = value },
            "ssl_root_certificate" => Good with { SslRootCertificate = value },
            "name" => Good with { Name = value },
            _ => Good with { User = value },
        };
    }
}
