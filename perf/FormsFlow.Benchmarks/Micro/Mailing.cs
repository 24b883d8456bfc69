using BenchmarkDotNet.Attributes;
using FormsFlow.Application.Links;
using FormsFlow.Application.Mailing;
using FormsFlow.Domain.Process;
using FormsFlow.Mail.Letters;
using FormsFlow.Mail.Rendering;
using FormsFlow.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FormsFlow.Benchmarks.Micro;

/// <summary>One review request, from the effect to the bytes on the wire.</summary>
[MemoryDiagnoser]
public class Mailing
{
    readonly MailComposer _composer;
    readonly HtmlLetters _html = new(new ServiceCollection().AddLogging().BuildServiceProvider(), NullLoggerFactory.Instance);
    readonly Effect _effect = SpecimenProposal.TakenIn.Effects.OfType<Effect.RequestReview>().First();
    readonly Letter _letter;
    readonly RenderedMail _rendered;

    public Mailing()
    {
        var signer = new LinkSigner([new LinkKey("perf", [.. Enumerable.Range(0, 32).Select(i => (byte)i)])]);
        _composer = new MailComposer(SpecimenProposal.Installation, new LinkMaker(SpecimenProposal.Installation, signer), TimeProvider.System);
        _letter = LetterWriter.Write(_composer.Compose(SpecimenProposal.State, _effect)!);
        _rendered = new RenderedMail(
            "1/request-review", SpecimenProposal.State.Dossier.Id.Value, "ReviewRequest", new MailAddress("Pine Creek", "formsflow@pinecreek.example"), null,
            new MailAddress("Marcus Webb", "marcus.webb@pinecreek.example"), _letter.Subject.Plain, _html.RenderAsync(_letter).GetAwaiter().GetResult(), TextLetters.Render(_letter), DateTimeOffset.UnixEpoch);
    }

    [Benchmark]
    public object Compose() => LetterWriter.Write(_composer.Compose(SpecimenProposal.State, _effect)!);

    [Benchmark]
    public string Text() => TextLetters.Render(_letter);

    [Benchmark]
    public Task<string> Html() => _html.RenderAsync(_letter);

    [Benchmark]
    public object Mime() => MimeMessages.Create(_rendered);

    /// <summary>Twice, as MailKit does: once to tell the server its size, once to send it.</summary>
    [Benchmark]
    public async Task MimeOnTheWire()
    {
        using var message = MimeMessages.Create(_rendered);
        await message.WriteToAsync(Stream.Null);
        await message.WriteToAsync(Stream.Null);
    }
}
