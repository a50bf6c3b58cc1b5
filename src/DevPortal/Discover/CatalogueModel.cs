using Tollgate.Model;
using Tollgate.Web.Pages;

namespace Tollgate.DevPortal.Discover;

/// <summary>An API on the catalogue's page.</summary>
/// <param name="Api">The API.</param>
/// <param name="Rating">Mean of the ratings as text; null without any.</param>
public sealed record CatalogueCard(Api Api, string? Rating);

/// <summary>The catalogue as a visitor reads it.</summary>
public sealed record CatalogueModel(IReadOnlyList<CatalogueCard> Cards, IReadOnlyList<string> Tags, string Query, PageOfList List);
