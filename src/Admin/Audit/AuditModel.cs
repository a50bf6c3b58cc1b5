using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.Admin.Audit;

/// <summary>Who changed what.</summary>
public sealed record AuditModel(IReadOnlyList<AuditEntry> Entries, string User, PageOfList List);
