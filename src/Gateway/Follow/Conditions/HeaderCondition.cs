using System.Text;

namespace Tollgate.Gateway.Follow.Conditions;

/// <summary>A header has a line whose value the pattern is found in.</summary>
internal sealed class HeaderCondition(string name, string pattern, bool invert) : CallCondition(invert)
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(name);
    private readonly BytePattern _pattern = new(pattern);

    protected override bool IsMet(in RequestView request, Exchange exchange)
    {
        foreach (var line in request.Headers)
        {
            if (line.Name.Length == _name.Length && Ascii.EqualsIgnoreCase(line.Name, _name) && _pattern.IsIn(line.Value))
            {
                return true;
            }
        }

        return false;
    }
}
