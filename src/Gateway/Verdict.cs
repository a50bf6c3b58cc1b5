namespace Tollgate.Gateway;

/// <summary>What a stage decided.</summary>
internal enum Step : byte
{
    /// <summary>The next stage runs.</summary>
    Continue,

    /// <summary>The call ends with a fault.</summary>
    Reply,

    /// <summary>The call is a preflight request; the exchange has its answer.</summary>
    Preflight,

    /// <summary>The stage runs again once <see cref="Exchange.Waiting"/> has completed; the loop thread is free meanwhile.</summary>
    Suspend,
}

/// <summary>A stage's answer, without allocation.</summary>
internal readonly struct Verdict
{
    private Verdict(Step step, Fault? fault)
    {
        Step = step;
        Fault = fault;
    }

    public Step Step { get; }

    public Fault? Fault { get; }

    public static Verdict Continue => default;

    public static Verdict Preflight => new(Step.Preflight, null);

    public static Verdict Suspend => new(Step.Suspend, null);

    public static implicit operator Verdict(Fault fault) => new(Step.Reply, fault);
}
