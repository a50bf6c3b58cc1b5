namespace Tollgate.DevPortal.Keys;

/// <summary>A field of <c>additionalProperties</c> that a key manager understands, as a form shows it.</summary>
internal sealed record KeyField(string Name, string Label, string Type, bool Required, bool Mask, bool Multiple, string Tooltip);
