using System.Text.RegularExpressions;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Texts;

/// <summary>A pattern that no line of the repository has, and what is wrong with it.</summary>
/// <param name="Pattern">What to look for, line by line.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Applies">Which files are looked at.</param>
internal sealed record Phrase(Regex Pattern, string Problem, Func<RepositoryFile, bool> Applies)
{
    public IEnumerable<Finding> Check(RepositoryFile file) =>
        Applies(file)
            ? from line in file.Lines.Index()
              where Pattern.IsMatch(line.Item)
              select new Finding($"{file.Path}:{line.Index + 1}", Problem)
            : [];
}
