using System.ComponentModel.DataAnnotations;
using Tollgate.Model.Settings;

namespace Tollgate.DevPortal.Join;

/// <summary>Settings of <c>[self_sign_up]</c>.</summary>
public sealed record SignUpOptions
{
    [Setting("enabled", "Let visitors make accounts for themselves.")]
    public bool Enabled { get; init; } = true;

    [Setting("roles", "Roles of such an account.")]
    public IReadOnlyList<string> Roles { get; init; } = ["Internal/subscriber"];

    [Range(1, 1_000_000)]
    [Setting("per_address", "Most attempts per hour from one address.")]
    public int PerAddress { get; init; } = 20;
}
