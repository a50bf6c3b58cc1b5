namespace Tollgate.Gateway;

/// <summary>What a page of another site may do with the answer to a call.</summary>
internal sealed class CorsFinding
{
    /// <summary>Answers of this API differ by origin.</summary>
    public bool Varies { get; set; }

    /// <summary>The value of Access-Control-Allow-Origin; null when the page may not read the answer.</summary>
    public string? Origin { get; set; }

    public bool Credentials { get; set; }

    /// <summary>Methods for the answer to a preflight.</summary>
    public string Methods { get; set; } = "";

    /// <summary>Headers for the answer to a preflight.</summary>
    public string Headers { get; set; } = "";

    /// <summary>True when the answer has anything to say about this.</summary>
    public bool Speaks => Varies || Origin is not null;

    public void Clear()
    {
        Varies = false;
        Origin = null;
        Credentials = false;
    }
}
