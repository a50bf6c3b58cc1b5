using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Calls;

/// <summary>Only storage speaks SQL: Storage and the drivers beside it.</summary>
public sealed class SqlTests
{
    [Fact]
    public void Sql_IsInStorageOnly() => Rule.Holds(
        "Move the statement into a store in src/Storage and call a method of it.",
        TheProgram.Assemblies.Where(assembly => assembly.Name.Split('.')[0] != "Storage")
            .SelectMany(assembly => assembly.Methods)
            .SelectMany(Sql.Check));

    [Fact]
    public void Check_OfStorage_SeesItsStatements() => Assert.NotEmpty(
        TheProgram.Assembly("Storage").Methods.SelectMany(Sql.Check));

    [Theory]
    [InlineData("SELECT name FROM apis", 1)]
    [InlineData("\n  SELECT name\n  FROM apis\n", 1)]
    [InlineData("WITH x AS (SELECT 1 FROM apis) ...", 1)]
    [InlineData("INSERT INTO apis (name) VALUES (1)", 1)]
    [InlineData("UPDATE apis SET name = 1", 1)]
    [InlineData("DELETE FROM apis", 1)]
    [InlineData("CREATE UNIQUE INDEX i ON apis (name)", 1)]
    [InlineData("CREATE TABLE apis (name TEXT)", 1)]
    [InlineData("select name from apis", 1)]
    [InlineData("delete from apis", 1)]
    [InlineData("Select a plan from the list.", 0)]
    [InlineData("The caller may select one from the list, update the API and set its name.", 0)]
    [InlineData("SELECTION", 0)]
    public void Check_OfALiteral_FindsStatements(string literal, int findings) =>
        Assert.Equal(findings, Sql.Check(Method(literal)).Count());

    [Fact]
    public void Check_OfAnInterpolatedStatement_FindsIt() => Assert.Single(Sql.Check(Method("SELECT ", " FROM apis")));

    private static CompiledMethod Method(params string[] literals) =>
        new("Some.Type", "Method", "Some.Type", null, false, [], [.. literals], []);
}
