using FormsFlow.Application.Ports;

namespace FormsFlow.Storage.AzureTables;

/// <summary>
/// Lets requests through to the account: so many at once, and those that a person waits for before all others. While people are being
/// served, what nobody waits for goes a few at a time; otherwise a person would find dozens of them in front, as when a sheet is
/// brought up to date.
/// </summary>
sealed class RequestGate(TimeProvider time) : IDisposable
{
    /// <summary>More would only wait in the network, where their time runs out.</summary>
    public const int AtOnce = 48;

    /// <summary>Two, so that one that takes long holds nothing up.</summary>
    public const int AtOnceBesidePeople = 2;

    /// <summary>Who reads a page presses a button next, and the next person comes: so long after a person's request people are being served.</summary>
    public static readonly TimeSpan PeopleStay = TimeSpan.FromMilliseconds(500);

    readonly SemaphoreSlim free = new(AtOnce);
    readonly SemaphoreSlim beside = new(AtOnceBesidePeople);
    int served;
    long left = long.MinValue;

    bool ArePeopleServed => Volatile.Read(ref served) > 0 || (Volatile.Read(ref left) is > long.MinValue and var at && time.GetElapsedTime(at) < PeopleStay);

    /// <summary>Returns when a request may be made, which is until the answer is disposed.</summary>
    public async ValueTask<Pass> EnterAsync()
    {
        if (Urgency.SomebodyWaits)
        {
            Interlocked.Increment(ref served);
            await free.WaitAsync();
            return new Pass(this, IsUrgent: true, IsBeside: false);
        }

        var isBeside = ArePeopleServed;
        if (isBeside) await beside.WaitAsync();
        await free.WaitAsync();
        return new Pass(this, IsUrgent: false, isBeside);
    }

    public void Dispose()
    {
        free.Dispose();
        beside.Dispose();
    }

    void Leave(bool isUrgent, bool isBeside)
    {
        free.Release();
        if (isBeside) beside.Release();
        if (!isUrgent) return;
        Volatile.Write(ref left, time.GetTimestamp());
        Interlocked.Decrement(ref served);
    }

    /// <summary>To be disposed once.</summary>
    public readonly record struct Pass(RequestGate Gate, bool IsUrgent, bool IsBeside) : IDisposable
    {
        public void Dispose() => Gate.Leave(IsUrgent, IsBeside);
    }
}
