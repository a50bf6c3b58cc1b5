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
            PrivateFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == 64 && text.All(char.IsAsciiHexDigit)
            ? new MasterKey(Convert.FromHexString(text))
            : throw new InvalidDataException($"The master key file {path} does not hold 64 hexadecimal digits; restore it from a backup.");
    }
}
