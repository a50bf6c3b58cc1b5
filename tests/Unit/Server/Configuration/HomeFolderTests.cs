using Tollgate.Server.Configuration;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Where the home folder is.</summary>
public sealed class HomeFolderTests
{
    [Theory]
    [InlineData("/arg", "/var", "", "/arg")]
    [InlineData(null, "/var", "/program /here", "/var")]
    [InlineData(" ", "", "/program /here", "/program")]
    [InlineData(null, null, "/program", "/program")]
    [InlineData(null, null, "/here", "/here")]
    [InlineData(null, null, "", "/program")]
    [InlineData("sub", null, "", "/here/sub")]
    [InlineData(null, "../up", "", "/up")]
    public void Home_IsTheFirstThatApplies(string? argument, string? variable, string foldersWithFile, string home)
    {
        var files = foldersWithFile.Split(' ').Select(folder => $"{folder}/repository/conf/deployment.toml");

        Assert.Equal(home, HomeFolder.Find(argument, variable, "/program", "/here", files.Contains));
    }
}
