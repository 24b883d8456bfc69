namespace FormsFlow.Application.Reviewing;

/// <summary>What the web pages ask of the application. A page that is only opened never changes anything.</summary>
public interface IDesk
{
    Task<ReviewPage> OpenReviewAsync(string token, CancellationToken cancellationToken);

    /// <summary>Takes a reviewer's answer. When the page returned says recorded, it is durably recorded.</summary>
    Task<ReviewPage> AnswerAsync(string token, ReviewAnswer answer, CancellationToken cancellationToken);

    Task<StatusPage> OpenStatusAsync(string token, CancellationToken cancellationToken);

    /// <summary>The sponsor withdraws the proposal; a link that is not the sponsor's own changes nothing.</summary>
    Task<StatusPage> WithdrawAsync(string token, string reason, CancellationToken cancellationToken);
}
