namespace Tollgate.Web.Pages;

/// <summary>Why there is no page: a sentence, and the id that finds the request in the log.</summary>
public sealed record PageError(string Text, string Correlation);
