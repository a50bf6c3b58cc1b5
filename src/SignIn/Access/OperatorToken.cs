using System.Security.Cryptography;
using System.Text;

namespace Tollgate.SignIn.Access;

/// <summary>A bearer token for the administrator that exists only inside this process: the quickstart works with it.</summary>
/// <remarks>Whoever can read the memory of the process has the master key as well; so it opens no door that was shut.</remarks>
public sealed class OperatorToken
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    public string Value => Encoding.ASCII.GetString(_token);

    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _token);
}
