namespace Tollgate.Gateway.Throttle;

/// <summary>What a request has counted so far, so that a refusal by a later limit takes it back. Reused with its exchange.</summary>
internal sealed class Reservations
{
    // API or operation, subscription quota and burst, application quota and burst.
    private const int Most = 5;

    private readonly (Window Window, long Amount)[] _made = new (Window, long)[Most];
    private int _count;

    public void Clear() => _count = 0;

    public void Add(Window window, long amount) => _made[_count++] = (window, amount);

    public void Undo()
    {
        for (; _count > 0; _count--)
        {
            _made[_count - 1].Window.Undo(_made[_count - 1].Amount);
        }
    }
}
