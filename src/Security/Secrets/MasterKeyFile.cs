using System.Security.Cryptography;

namespace Tollgate.Security.Secrets;

/// <summary>The master key of a node that has neither an encryption key nor a keystore configured: a file made at first start.</summary>
public static class MasterKeyFile
{
    /// <summary>Reads the file, or creates it readable by its owner only.</summary>
    public static MasterKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == 64 && text.All(char.IsAsciiHexDigit)
            ? new MasterKey(Convert.FromHexString(text))
            : throw new InvalidDataException($"The master key file {path} does not hold 64 hexadecimal digits; restore it from a backup.");
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written beside its place and renamed: a crash in between never leaves half a key.
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, options))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: false);
    }
}
