using System.Text.Json;
using System.Xml.Linq;
using Tollgate.Architecture.Files;

namespace Tollgate.Architecture.Assemblies;

/// <summary>Which assembly may use which package: one assembly keeps each of them away from all others.</summary>
internal static class PackageOwners
{
    public const string Remedy =
        "A package has one owner. Use it through the assembly that owns it; a new package or owner is an ADR and a line in "
        + "PackageOwners.Owners.";

    public static readonly IReadOnlyDictionary<string, string> Owners = new Dictionary<string, string>
    {
        ["Dapper"] = "Storage",
        ["Microsoft.Data.Sqlite.Core"] = "Storage",
        ["SQLitePCLRaw.bundle_e_sqlite3"] = "Storage",
        ["Npgsql"] = "Storage",
        ["MySqlConnector"] = "Storage.MySql",
        ["Microsoft.OpenApi"] = "Publisher",
        ["YamlDotNet"] = "Publisher",
        ["RabbitMQ.Client"] = "Eventing",
        ["OpenTelemetry"] = "Server",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "Server",
        ["Serilog"] = "Server",
        ["Serilog.Extensions.Logging"] = "Server",
        ["Serilog.Sinks.Console"] = "Server",
        ["Serilog.Sinks.File"] = "Server",
        ["System.CommandLine"] = "Tollgate",
    };

    /// <summary>Tests and benchmarks use what they need; everything else is shipped.</summary>
    public static IEnumerable<Finding> CheckOwner(ProjectFile project) =>
        from package in project.Packages
        where !IsForTests(project.Path) && Owners.GetValueOrDefault(package) != project.Name
        select new Finding(
            $"{project.Path} -> {package}",
            Owners.TryGetValue(package, out var owner) ? $"{package} belongs to {owner}" : $"{package} is for tests and benchmarks only");

    /// <summary>Versions are central.</summary>
    public static IEnumerable<Finding> CheckVersions(ProjectFile project) =>
        project.VersionedPackages.Select(package => new Finding($"{project.Path} -> {package}", "has a version of its own"));

    /// <summary>Central versions of packages that no project names and no restore brings along.</summary>
    public static IEnumerable<Finding> CheckUnused(
        RepositoryFile versions, IEnumerable<ProjectFile> projects, IEnumerable<RepositoryFile> locks)
    {
        var used = projects.SelectMany(project => project.Packages).Concat(locks.SelectMany(Pinned)).ToHashSet();
        return XDocument.Parse(versions.Text).Descendants("PackageVersion")
            .Select(item => item.Attribute("Include")!.Value)
            .Where(package => !used.Contains(package))
            .Select(package => new Finding(package, "is used by no project"));
    }

    private static bool IsForTests(string path) =>
        path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("bench/", StringComparison.Ordinal)
        || path is "eng/Test.props" or "eng/Bench.props";

    // Indirect packages whose version is pinned centrally.
    private static IEnumerable<string> Pinned(RepositoryFile file)
    {
        using var json = JsonDocument.Parse(file.Text);
        return
        [
            .. from framework in json.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() == "CentralTransitive"
            select package.Name,
        ];
    }
}
