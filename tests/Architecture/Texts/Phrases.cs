using System.Text.RegularExpressions;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Texts;

/// <summary>What is written nowhere. The patterns are spelled so that they do not find themselves.</summary>
internal static partial class Phrases
{
    // The one script that may look beside the working copy, for public test vectors.
    private const string Ci = ".ci/run";

    public static readonly IReadOnlyList<Phrase> Table =
    [
        new(Region(), "#region: give the part a file and a name of its own", IsCode),
        new(NullableOff(), "switches null checks off", IsCode),
        new(SilentPragma(), "disables a warning without a comment on the same line that says why", IsCode),
        new(LaterNote(), "puts work off: do it, or write down a decision", Everywhere),
        new(NotWritten(), "is not written yet", IsCode),
        new(SkippedTest(), "skips a test: repair it or delete it", IsTest),
        new(EmptyAssertion(), "asserts nothing", IsTest),
        new(Nap(), "sleeps: wait for what the test needs", IsTest),
        new(DeveloperFolder(), "names a folder of somebody's machine", Everywhere),
        new(Beside(), "names a folder beside the working copy", file => file.Path != Ci),
    ];

    /// <summary>The folder of this very working copy, which only a leaked path has; not when it is as plain as /src.</summary>
    public static IEnumerable<Phrase> ThisMachine(string root) =>
        root.Split('/', '\\').Length > 2
            ? [new(new Regex($@"{Regex.Escape(root)}(?![\w-])"), "names the folder that this working copy stands in", Everywhere)]
            : [];

    private static bool Everywhere(RepositoryFile file) => true;

    private static bool IsCode(RepositoryFile file) => file.Extension is ".cs" or ".razor";

    private static bool IsTest(RepositoryFile file) => file.IsUnder("tests", "bench") && file.Extension == ".cs";

    [GeneratedRegex(@"^\s*#\s*region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s*#\s*nullable\s+disable\b")]
    private static partial Regex NullableOff();

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable\b(?!.*//\s*\w)")]
    private static partial Regex SilentPragma();

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K)\b")]
    private static partial Regex LaterNote();

    [GeneratedRegex(@"\bNot[I]mplementedException\b")]
    private static partial Regex NotWritten();

    [GeneratedRegex(@"\bSkip\s*=\s*[""$@n]")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"\bAssert\.(True\(\s*true|False\(\s*false)\b")]
    private static partial Regex EmptyAssertion();

    [GeneratedRegex(@"\bThread\.[S]leep\b")]
    private static partial Regex Nap();

    [GeneratedRegex(@"(?<![\w.])/(home|Users)/\w+/|(?<![\w.])/root/\w|\b[A-Z]:\\+Users\\")]
    private static partial Regex DeveloperFolder();

    [GeneratedRegex(@"\.\.[/\\]shared\b")]
    private static partial Regex Beside();
}
