using System.Text.Json;

namespace Tollgate.Unit.Security.Jose;

/// <summary>Vectors of other projects, which are not part of this one.</summary>
internal static class TestData
{
    private const string Variable = "TOLLGATE_TESTDATA";

    /// <summary>A file or folder of the test data; skips the test where there is none.</summary>
    public static string Path(string relative)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip($"{Variable} names no folder with vectors of Wycheproof and the JOSE cookbook.");
        }

        return System.IO.Path.Combine(folder, relative);
    }

    public static JsonElement Json(string relative)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path(relative)));
        return document.RootElement.Clone();
    }
}
