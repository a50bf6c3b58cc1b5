using System.Text.Json;
using Tollgate.Server.Configuration.Toml;

namespace Tollgate.Unit.Server.Configuration.Toml;

/// <summary>The documents of the toml-test project: the valid read as its tagged JSON says, the invalid are refused.</summary>
public sealed class TomlVectorTests
{
    private const string Variable = "TOLLGATE_TESTDATA";

    /// <summary>Stands for the files in a run that has none, so that the run says why it skips.</summary>
    private const string NoFiles = "(no files)";

    /// <summary>Vectors of TOML 1.1, which that project tells apart by lists of files rather than by folder.</summary>
    private static readonly string[] LaterVersion =
    [
        "inline-table/newline.toml", // newlines and a trailing comma in inline tables
        "inline-table/newline-comment.toml", // the same with comments
        "string/escape-esc.toml", // the escape \e
        "string/hex-escape.toml", // the escape \xHH
    ];

    public static TheoryData<string> Valid() => Files("valid", file => !IsOfSpecification11(file) && !LaterVersion.Contains(file));

    public static TheoryData<string> ValidLater() => Files("valid", LaterVersion.Contains);

    public static TheoryData<string> Invalid() => Files("invalid", _ => true);

    [Theory]
    [MemberData(nameof(Valid))]
    public void Read_ValidVector_EqualsTaggedJson(string file)
    {
        var path = PathOf("valid", file);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".json")));

        var actual = TomlReader.Read(File.ReadAllBytes(path));

        TaggedJson.AssertEqual(expected.RootElement, actual, path: "$");
    }

    [Theory]
    [MemberData(nameof(ValidLater))]
    public void Read_VectorOfLaterVersion_IsRefused(string file) => AssertRefused(PathOf("valid", file));

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Read_InvalidVector_IsRefused(string file) => AssertRefused(PathOf("invalid", file));

    private static void AssertRefused(string path)
    {
        var refusal = Assert.Throws<TomlException>(() => TomlReader.Read(File.ReadAllBytes(path)));

        Assert.True(refusal.Line >= 1);
        Assert.True(refusal.Column >= 1);
    }

    private static bool IsOfSpecification11(string file) => file.StartsWith("spec-1.1.0/", StringComparison.Ordinal);

    private static TheoryData<string> Files(string folder, Func<string, bool> chosen)
    {
        if (FolderOf(folder) is not { } root)
        {
            return [NoFiles];
        }

        return
        [
            .. Directory.EnumerateFiles(root, "*.toml", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(chosen)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string PathOf(string folder, string file)
    {
        Assert.SkipWhen(file == NoFiles, $"{Variable} is not set; it names the folder that holds toml/{folder}.");
        return Path.Combine(FolderOf(folder)!, file);
    }

    private static string? FolderOf(string folder) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } testData ? Path.Combine(testData, "toml", folder) : null;
}
