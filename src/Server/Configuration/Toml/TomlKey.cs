namespace Tollgate.Server.Configuration.Toml;

/// <summary>One name of a dotted key, with the place it stands at.</summary>
internal readonly record struct TomlKey(string Name, TomlPosition Position);
