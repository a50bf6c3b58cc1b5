using Tollgate.Model;

namespace Tollgate.Web.Pages;

/// <summary>Why a form was not taken: beside its field where it is about one, above the form where it is not.</summary>
public sealed record FormProblem(string? Field, string Text)
{
    public static FormProblem Of(Refusal refusal) => new(refusal.Field, refusal.Description);
}

/// <summary>Places what is wrong with a form.</summary>
public static class FormProblems
{
    /// <summary>The complaint about a field; null when it is about something else.</summary>
    public static string? At(this FormProblem? problem, string field) => problem?.Field == field ? problem.Text : null;

    /// <summary>What stands above the form: all of it, or that there is something to correct below.</summary>
    public static PageNotice? Notice(this FormProblem? problem) =>
        problem is null ? null : new PageNotice("danger", problem.Field is null ? problem.Text : "Nothing was saved yet: correct the marked field.");
}
