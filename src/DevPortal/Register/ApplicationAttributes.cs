using Tollgate.Model;

namespace Tollgate.DevPortal.Register;

/// <summary>The attributes of applications: those that the configuration names, or free ones where it names none.</summary>
internal sealed class ApplicationAttributes(DevPortalOptions options)
{
    private const int Most = 50;
    private const int LongestName = 100;
    private const int LongestValue = 1000;

    /// <summary>What is stored: checked, in the spelling of the configuration, defaults and hidden ones filled in.</summary>
    public IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> wanted)
    {
        if (wanted.Count > Most || wanted.Any(pair => pair.Key.Length > LongestName || pair.Value is null || pair.Value.Length > LongestValue))
        {
            throw Refusal.BadRequest(
                $"An application has at most {Most} attributes, with names of {LongestName} and values of {LongestValue} characters.");
        }

        if (options.Attributes.Count == 0)
        {
            return wanted;
        }

        if (wanted.Keys.FirstOrDefault(name => !options.Attributes.Any(known => IsNamed(known, name))) is { } unknown)
        {
            throw Refusal.BadRequest(
                $"There is no attribute '{unknown}'; applications have: {string.Join(", ", Shown.Select(attribute => attribute.Name))}.");
        }

        var values = options.Attributes.Select(attribute => (attribute.Name, Value: ValueOf(attribute, wanted)));
        return values.Where(entry => entry.Value.Length > 0).ToDictionary(entry => entry.Name, entry => entry.Value);
    }

    /// <summary>What developers see: everything but the hidden ones.</summary>
    public IReadOnlyDictionary<string, string> Visible(IReadOnlyDictionary<string, string> stored) =>
        stored.Where(pair => !options.Attributes.Any(known => known.Hidden && IsNamed(known, pair.Key)))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    public IEnumerable<ApplicationAttribute> Shown => options.Attributes.Where(attribute => !attribute.Hidden);

    // A hidden attribute always has its default: nobody in the portal can set it.
    private static string ValueOf(ApplicationAttribute attribute, IReadOnlyDictionary<string, string> wanted)
    {
        var given = attribute.Hidden ? "" : wanted.FirstOrDefault(pair => IsNamed(attribute, pair.Key)).Value?.Trim() ?? "";
        return given.Length > 0 ? given
            : attribute.Default.Length > 0 || !attribute.Required ? attribute.Default
            : throw Refusal.BadRequest($"The attribute '{attribute.Name}' is missing; every application has it.");
    }

    private static bool IsNamed(ApplicationAttribute attribute, string name) => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
