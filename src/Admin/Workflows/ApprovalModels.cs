using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Workflows;

/// <summary>Requests that wait for a decision.</summary>
public sealed record ApprovalsModel(IReadOnlyList<WorkflowTask> Tasks, PageOfList List, FormProblem? Problem);
