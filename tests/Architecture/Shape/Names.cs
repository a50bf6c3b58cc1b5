using System.Text.RegularExpressions;
using Tollgate.Architecture.Compiled;

namespace Tollgate.Architecture.Shape;

/// <summary>Words that say nothing about what a type does.</summary>
internal static partial class Names
{
    public static IEnumerable<Finding> Check(CompiledType type)
    {
        if (type.IsGenerated)
        {
            yield break;
        }

        if (EmptyWord().Match(type.Name) is { Success: true } word)
        {
            yield return new Finding(type.FullName, $"'{word.Value}' does not say what it does");
        }

        if (EmptyNamespace().Match(type.Namespace) is { Success: true } part)
        {
            yield return new Finding(type.FullName, $"namespace '{part.Value}' does not say what is in it");
        }
    }

    // Traffic managers and key managers are words of the product.
    [GeneratedRegex("(?<!^(Traffic|.*Key))Manager$|Helper|Util(s|ity|ities)?(?![a-z])|Impl$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"(?<=\.)(Abstractions|Contracts|Common|Helpers|Utils|Utilities)(?=\.|$)")]
    private static partial Regex EmptyNamespace();
}
