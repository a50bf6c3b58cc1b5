namespace Tollgate.Web.Pages;

/// <summary>A question before something is lost.</summary>
/// <param name="Consequence">What goes, and what goes with it.</param>
/// <param name="Action">Words of the button: a verb with its object.</param>
/// <param name="Back">Where somebody goes who changes his mind.</param>
public sealed record Confirmation(string Consequence, string Action, string Back)
{
    public FormProblem? Problem { get; init; }
}
