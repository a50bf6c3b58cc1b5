using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Tollgate.Model.Settings;

namespace Tollgate.Unit.Server.Configuration;

/// <summary>Keys of the [server] section, as a module would declare them.</summary>
internal sealed record ServerSample
{
    [Setting("server.hostname", "Name of this node.", Aliases = ["server.host_name", "server.mgt_hostname"])]
    public string HostName { get; init; } = "localhost";

    [Setting("server.offset", "Added to every port.")]
    [Range(0, 50000)]
    public int Offset { get; init; }

    [Setting("server.server_role", "Profile.")]
    public string Role { get; init; } = "default";

    [Setting("super_admin.username", "First administrator.")]
    public string AdminName { get; init; } = "admin";

    [Setting("super_admin.password", "Password of the first administrator.", Secret = true)]
    public string AdminPassword { get; init; } = "";
}

/// <summary>One property of each type.</summary>
internal sealed record KindsSample
{
    [Setting("kinds.text", "Text.")]
    public string Text { get; init; } = "initial";

    [Setting("kinds.truth", "Truth.")]
    public bool Truth { get; init; } = true;

    [Setting("kinds.small", "Int.")]
    public int Small { get; init; } = 1;

    [Setting("kinds.large", "Long.")]
    public long Large { get; init; } = 2;

    [Setting("kinds.share", "Double.")]
    public double Share { get; init; } = 0.5;

    [Setting("kinds.percent", "Double with limits.")]
    [Range(0.0, 99.5)]
    public double Percent { get; init; }

    [Setting("kinds.time", "Time in seconds.", Unit = "s")]
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(15);

    [Setting("kinds.strict_time", "Time that needs its unit.")]
    public TimeSpan StrictTime { get; init; }

    [Setting("kinds.colour", "Enum.")]
    public Colour Colour { get; init; } = Colour.DarkRed;

    [Setting("kinds.texts", "Texts.")]
    public IReadOnlyList<string> Texts { get; init; } = ["a", "b|c"];

    [Setting("kinds.numbers", "Numbers.")]
    public IReadOnlyList<int> Numbers { get; init; } = [];

    [Setting("kinds.maybe_small", "Nullable int.")]
    public int? MaybeSmall { get; init; }

    [Setting("kinds.maybe_time", "Nullable time.", Unit = "ms")]
    public TimeSpan? MaybeTime { get; init; }

    [Setting("kinds.maybe_colour", "Nullable enum.")]
    public Colour? MaybeColour { get; init; }

    [Setting("kinds.maybe_text", "Nullable text.")]
    public string? MaybeText { get; init; }

    public string NotASetting => Text + Small;
}

internal enum Colour
{
    Green,

    [JsonStringEnumMemberName("dark-red")]
    DarkRed,
}

/// <summary>Lists of tables and nested tables.</summary>
internal sealed record TablesSample
{
    [Setting("gates.gate", "Gates.")]
    public IReadOnlyList<GateSample> Gates { get; init; } = [new GateSample { Name = "First" }];

    [Setting("store.main", "Main store.", Aliases = ["store.primary"])]
    public StoreSample Main { get; init; } = new() { Port = 5432 };

    [Setting("store.spare", "Spare store.")]
    public StoreSample? Spare { get; init; }
}

internal sealed record GateSample
{
    [Setting("name", "Unique name.", Aliases = ["title"])]
    public string Name { get; init; } = "Default";

    [Setting("address", "Where it is.")]
    public string Address { get; init; } = "https://$ref{store.main.host}:${gate.port}";

    [Setting("password", "To get in.", Secret = true)]
    public string Password { get; init; } = "";

    [Setting("door", "Doors.")]
    public IReadOnlyList<DoorSample> Doors { get; init; } = [];
}

internal sealed record DoorSample
{
    [Setting("width", "In centimetres.")]
    public int Width { get; init; } = 80;
}

internal sealed record StoreSample
{
    [Setting("host", "Host name.")]
    public string Host { get; init; } = "localhost";

    [Setting("port", "Port.", Aliases = ["port_no"])]
    public int Port { get; init; }

    [Setting("url", "Address.")]
    public string Url { get; init; } = "db://$ref{store.main.host}";
}
