using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Audit;

/// <summary>Who changed what of an API.</summary>
public sealed record HistoryModel(Api Api, IReadOnlyList<ApiChange> Changes, PageOfList List);
