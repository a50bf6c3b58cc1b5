namespace Tollgate.Server.Configuration;

/// <summary>A configuration the program cannot start with; the message is one line for the person who wrote it.</summary>
internal sealed class ConfigurationException(string message) : Exception(DisplayText.OneLine(message))
{
    /// <summary>A complaint about the value that stands at <paramref name="origin"/>.</summary>
    public static ConfigurationException At(SettingOrigin origin, string complaint) => new($"{origin.Place}: {complaint}");
}
