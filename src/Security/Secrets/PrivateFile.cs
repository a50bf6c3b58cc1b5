namespace Tollgate.Security.Secrets;

/// <summary>Writes files that only their owner may read.</summary>
public static class PrivateFile
{
    /// <summary>Written beside its place and renamed: a crash leaves the whole file or none.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, options))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
