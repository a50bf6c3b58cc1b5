using System.Text;
using Tollgate.Model;

namespace Tollgate.Gateway.Match;

/// <summary>A segment with parameters beside literals, for example <c>{base}...{head}</c> or <c>{name}.json</c>.</summary>
internal sealed class SegmentPattern(TemplateSegment segment)
{
    private readonly byte[][] _literals = [.. segment.Literals.Select(Encoding.ASCII.GetBytes)];

    public string Shape => segment.Shape;

    /// <summary>True when the literals stand in order with at least one byte for each parameter between them.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(_literals[0]))
        {
            return false;
        }

        text = text[_literals[0].Length..];
        for (var i = 1; i < _literals.Length - 1; i++)
        {
            // The leftmost occurrence leaves the most room for what follows.
            var at = text.Length > 1 ? text[1..].IndexOf(_literals[i]) : -1;
            if (at < 0)
            {
                return false;
            }

            text = text[(1 + at + _literals[i].Length)..];
        }

        return text.Length > _literals[^1].Length && text.EndsWith(_literals[^1]);
    }
}
