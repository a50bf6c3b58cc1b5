using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Tollgate.Model.Settings;

namespace Tollgate.Gateway;

/// <summary>The log with a line per call.</summary>
public sealed record AccessLogOptions
{
    [Setting("enabled", "Write a line per call to repository/logs/gateway-access-DATE.log.")]
    public bool Enabled { get; init; }

    [Setting("format", "Form of a line.")]
    public AccessLogFormat Format { get; init; }

    [Range(1, 3650)]
    [Setting("keep_days", "Files of how many days are kept.")]
    public int KeepDays { get; init; } = 14;
}

/// <summary>Forms of a line of the access log.</summary>
public enum AccessLogFormat
{
    /// <summary>The combined format of web servers, with duration and correlation id behind it.</summary>
    [JsonStringEnumMemberName("combined")]
    Combined,

    [JsonStringEnumMemberName("json")]
    Json,
}
