using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Deploy;

/// <summary>A revision and the environments that serve it.</summary>
public sealed record RevisionLine(Revision Revision, IReadOnlyList<string> Environments);

/// <summary>The revisions of an API and where they are served.</summary>
public sealed record DeploymentsModel(Api Api, IReadOnlyList<RevisionLine> Revisions, IReadOnlyList<string> Environments, IReadOnlyList<string> Waiting)
{
    public string Description { get; init; } = "";

    public FormProblem? Problem { get; init; }
}
