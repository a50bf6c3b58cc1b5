using Tollgate.Model;
using Tollgate.Storage.Applications;
using Tollgate.Web.Pages;

namespace Tollgate.Publisher.Admit;

/// <summary>Who uses an API.</summary>
public sealed record SubscribersModel(Api Api, IReadOnlyList<Subscriber> Subscribers, PageOfList List, FormProblem? Problem);
