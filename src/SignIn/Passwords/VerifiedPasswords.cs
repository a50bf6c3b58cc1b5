using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Tollgate.Model;

namespace Tollgate.SignIn.Passwords;

/// <summary>Passwords verified in the last minute, so that a script with Basic authentication does not pay PBKDF2 per request.</summary>
/// <remarks>
/// Holds HMACs under a key of this process, never a password. The user's stored hash is part of the input, so that a changed password is
/// never found; locks are checked on every request from the user's row.
/// </remarks>
internal sealed class VerifiedPasswords(TimeProvider time)
{
    private const int Capacity = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new();

    public bool Knows(User user, string password) => _until.TryGetValue(Fingerprint(user, password), out var until) && until > time.GetUtcNow();

    public void Remember(User user, string password)
    {
        if (_until.Count >= Capacity)
        {
            _until.Clear();
        }

        _until[Fingerprint(user, password)] = time.GetUtcNow() + Kept;
    }

    private string Fingerprint(User user, string password) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user.Id}\n{user.PasswordHash}\n{password}")));
}
