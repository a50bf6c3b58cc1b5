using Microsoft.AspNetCore.Identity;

namespace Tollgate.SignIn.Passwords;

/// <summary>PBKDF2 hashes of people's passwords, in the format of ASP.NET Core Identity.</summary>
public sealed class PasswordHash : IDisposable
{
    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher = new();

    // One verification costs tens of milliseconds of CPU: a flood of sign-ins may use half of the cores, never all.
    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly string _decoy;

    public PasswordHash() => _decoy = Of(Guid.NewGuid().ToString());

    public string Of(string password) => _hasher.HashPassword(NoUser, password);

    /// <summary>Checks a password; without a hash (no such user) it takes the same time and fails.</summary>
    public async Task<bool> VerifyAsync(string? hash, string password)
    {
        await _slots.WaitAsync();
        try
        {
            var matches = _hasher.VerifyHashedPassword(NoUser, hash ?? _decoy, password) != PasswordVerificationResult.Failed;
            return matches && hash is not null;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
