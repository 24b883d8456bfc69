using System.Collections.Concurrent;
using FormsFlow.Application.Reviewing;

namespace FormsFlow.Tests.Web;

/// <summary>A desk that shows a page for each token and remembers what it was asked. A posted answer is answered by <see cref="OnAnswer"/>.</summary>
sealed class DeskOfPages : IDesk
{
    public ConcurrentDictionary<string, ReviewPage> Reviews { get; } = new();

    public ConcurrentDictionary<string, StatusPage> Statuses { get; } = new();

    public ConcurrentQueue<ReviewAnswer> Answers { get; } = new();

    public ConcurrentQueue<Withdrawal> Withdrawals { get; } = new();

    public Func<string, ReviewAnswer, ReviewPage> OnAnswer { get; set; } = (_, _) => throw new InvalidOperationException("Nobody said what an answer does.");

    public Func<string, Withdrawal, StatusPage> OnWithdraw { get; set; } = (_, _) => throw new InvalidOperationException("Nobody said what a withdrawal does.");

    public ConcurrentQueue<string?> Confirmations { get; } = new();

    public Func<string, string?, ReviewPage> OnConfirm { get; set; } = (_, _) => throw new InvalidOperationException("Nobody said what a confirmation does.");

    int _openings;

    /// <summary>How often a page was asked for, whether to be shown or because nothing could be read of what was sent.</summary>
    public int Openings => Volatile.Read(ref _openings);

    public int Changes => Answers.Count + Withdrawals.Count + Confirmations.Count;

    public Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        return Task.FromResult(token.StartsWith("broken", StringComparison.Ordinal)
            ? throw new InvalidOperationException("The inside, which nobody must see.")
            : Reviews.GetValueOrDefault(token) ?? new ReviewPage.Unavailable(LinkTrouble.Unreadable, null));
    }

    public Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken)
    {
        Answers.Enqueue(answer);
        return Task.FromResult(OnAnswer(token, answer));
    }

    public Task<ReviewPage> OpenConfirmationAsync(string token, CancellationToken cancellationToken) => OpenReviewAsync(token, cancellationToken);

    public Task<ReviewPage> ConfirmAsync(string token, string? nonce, CancellationToken cancellationToken)
    {
        Confirmations.Enqueue(nonce);
        return Task.FromResult(OnConfirm(token, nonce));
    }

    public Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        return Task.FromResult(Statuses.GetValueOrDefault(token) ?? new StatusPage.Unavailable(LinkTrouble.Unreadable));
    }

    public Task<StatusPage> WithdrawAsync(string token, Withdrawal withdrawal, CancellationToken cancellationToken)
    {
        Withdrawals.Enqueue(withdrawal);
        return Task.FromResult(OnWithdraw(token, withdrawal));
    }
}
