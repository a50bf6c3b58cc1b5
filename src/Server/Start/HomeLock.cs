using System.Globalization;
using Tollgate.Server.Configuration;

namespace Tollgate.Server.Start;

/// <summary>A home folder has one node at a time: two would write the same files. The operating system ends the lock with the process.</summary>
internal sealed class HomeLock : IDisposable
{
    private const string Folder = "repository/data";

    private readonly FileStream _held;

    private HomeLock(FileStream held) => _held = held;

    /// <summary>Takes the folder, or refuses with the process that has it.</summary>
    public static HomeLock Take(string home)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, Folder)).FullName;
        // Of its own, because nobody can read a file that is locked on Windows.
        var processFile = Path.Combine(folder, "tollgate.pid");
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(folder, "tollgate.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var process = File.Exists(processFile) ? $" (process {File.ReadAllText(processFile)})" : "";
            throw new ConfigurationException(
                $"Another node{process} runs on the home folder {home}. Stop it, or give this one a home folder of its own with --home.");
        }

        // Only tells others who it is: the lock is held without it.
        File.WriteAllText(processFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new HomeLock(held);
    }

    public void Dispose() => _held.Dispose();
}
