namespace Tollgate.Server.Configuration;

/// <summary>Which folder is the installation's home, the one that <c>repository/conf/deployment.toml</c> is read from.</summary>
internal static class HomeFolder
{
    public const string ConfigurationFile = "repository/conf/deployment.toml";

    /// <summary>
    /// The folder of <c>--home</c>, else of <c>TOLLGATE_HOME</c>, else beside the program or else the working folder, whichever has the
    /// file; without one anywhere, beside the program.
    /// </summary>
    public static string Find(string? argument, string? variable, string programFolder, string workingFolder, Func<string, bool> fileExists)
    {
        var named = string.IsNullOrWhiteSpace(argument) ? variable : argument;
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named, workingFolder);
        }

        return HasFile(workingFolder) && !HasFile(programFolder) ? workingFolder : programFolder;

        bool HasFile(string folder) => fileExists(Path.Combine(folder, ConfigurationFile));
    }
}
