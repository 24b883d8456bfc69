namespace FormsFlow.Application.Reviewing;

/// <summary>What the web pages ask of the application. A page that is only opened never changes anything.</summary>
public interface IDesk
{
    Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken);

    /// <summary>Takes a reviewer's answer. When the page returned says recorded, it is durably recorded.</summary>
    Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken);

    /// <summary>What was held, for the person to confirm.</summary>
    Task<ReviewPage> OpenConfirmationAsync(string token, CancellationToken cancellationToken);

    /// <summary>The answer that was held is the person's own, and counts.</summary>
    /// <param name="nonce">From the page that was opened; null if it was not sent.</param>
    Task<ReviewPage> ConfirmAsync(string token, string? nonce, CancellationToken cancellationToken);

    Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken);

    /// <summary>The sponsor withdraws the proposal; whatever else a link or a form asks changes nothing, and the page says why.</summary>
    Task<StatusPage> WithdrawAsync(string token, Withdrawal withdrawal, CancellationToken cancellationToken);
}
