using System.Text;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>The query has a parameter whose value the pattern is found in; names and values as they are once decoded.</summary>
internal sealed class QueryCondition(string name, string pattern, bool invert) : CallCondition(invert)
{
    // A name with every byte encoded is three times as long.
    private const int Encoded = 3;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);
    private readonly BytePattern _pattern = new(pattern);

    protected override bool IsMet(in RequestView request, Exchange exchange)
    {
        Span<byte> buffer = stackalloc byte[BytePattern.Most];
        foreach (var range in request.Query.Split((byte)'&'))
        {
            var parameter = request.Query[range];
            var equals = parameter.IndexOf((byte)'=');
            var sentName = equals < 0 ? parameter : parameter[..equals];
            if (sentName.Length >= _name.Length && sentName.Length <= _name.Length * Encoded && IsName(sentName, buffer)
                && _pattern.IsIn(buffer[..QueryText.Decode(equals < 0 ? default : parameter[(equals + 1)..], buffer)]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsName(ReadOnlySpan<byte> sent, Span<byte> buffer) =>
        sent.SequenceEqual(_name) || buffer[..QueryText.Decode(sent, buffer)].SequenceEqual(_name);
}
