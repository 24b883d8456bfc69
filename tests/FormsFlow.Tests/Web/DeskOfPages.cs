using System.Collections.Concurrent;
using FormsFlow.Application.Reviewing;

namespace FormsFlow.Tests.Web;

/// <summary>A desk that shows a page for each token and remembers what it was asked. A posted answer is answered by <see cref="OnAnswer"/>.</summary>
sealed class DeskOfPages : IDesk
{
    public ConcurrentDictionary<string, ReviewPage> Reviews { get; } = new();

    public ConcurrentDictionary<string, StatusPage> Statuses { get; } = new();

    public ConcurrentQueue<ReviewAnswer> Answers { get; } = new();

    public ConcurrentQueue<string> Withdrawals { get; } = new();

    public Func<string, ReviewAnswer, ReviewPage> OnAnswer { get; set; } = (_, _) => throw new InvalidOperationException("Nobody said what an answer does.");

    public Func<string, string, StatusPage> OnWithdraw { get; set; } = (_, _) => throw new InvalidOperationException("Nobody said what a withdrawal does.");

    public int Changes => Answers.Count + Withdrawals.Count;

    public Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken) =>
        Task.FromResult(token.StartsWith("broken", StringComparison.Ordinal)
            ? throw new InvalidOperationException("The inside, which nobody must see.")
            : Reviews.GetValueOrDefault(token) ?? new ReviewPage.Unavailable(LinkTrouble.Unreadable, null));

    public Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken)
    {
        Answers.Enqueue(answer);
        return Task.FromResult(OnAnswer(token, answer));
    }

    public Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken) =>
        Task.FromResult(Statuses.GetValueOrDefault(token) ?? new StatusPage.Unavailable(LinkTrouble.Unreadable));

    public Task<StatusPage> WithdrawAsync(string token, string reason, CancellationToken cancellationToken)
    {
        Withdrawals.Enqueue(reason);
        return Task.FromResult(OnWithdraw(token, reason));
    }
}
