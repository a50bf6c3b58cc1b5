using System.Text.RegularExpressions;

namespace Tollgate.Model;

/// <summary>Regular expressions that administrators write and calls are matched against: linear in the text, whatever either side sends.</summary>
public static class MatchPattern
{
    private const int MaxLength = 256;

    /// <summary>A pattern, which may be found anywhere in a text; or a refusal that says what is wrong with it.</summary>
    public static string Checked(string? pattern, string field)
    {
        if (string.IsNullOrEmpty(pattern) || pattern.Length > MaxLength)
        {
            throw Refusal.BadRequest($"{field} is a pattern of 1 to {MaxLength} characters.", 900305);
        }

        try
        {
            Compile(pattern);
            return pattern;
        }
        catch (RegexParseException error)
        {
            throw Refusal.BadRequest($"{field} '{pattern}' is no regular expression: it breaks at character {error.Offset}.", 900305);
        }
        catch (NotSupportedException)
        {
            throw Refusal.BadRequest(
                $"{field} '{pattern}' needs time without bound, or too much memory: write it without look-around, back references and large counts.", 900305);
        }
    }

    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
