using System.Collections.Immutable;
using System.Reflection;
using FormsFlow.Application.Mailing;
using FormsFlow.Application.Reviewing;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;
using FormsFlow.Domain.Proposals;
using FormsFlow.Tests.Simulation;

namespace FormsFlow.Tests.Application.Running;

/// <summary>A new kind of event, effect or mail that somebody forgot to write down, describe or compose fails here.</summary>
public class CompletenessTests
{
    [Fact]
    public void Every_kind_that_is_written_down_has_a_stable_name_of_its_own()
    {
        foreach (var family in new[] { typeof(Event), typeof(Effect), typeof(Command), typeof(Rule), typeof(Condition), typeof(ProposalState.Known) })
        {
            var names = KindsOf(family).Select(kind => ProposalCodec.NameOf(family, kind)).ToList();
            Assert.NotEmpty(names);
            Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void Every_event_and_effect_comes_back_as_it_was_written()
    {
        foreach (var kind in KindsOf(typeof(Event)))
        {
            var body = ProposalCodec.WriteEvent((Event)Sample(kind)).Body;
            Assert.Equal(body, ProposalCodec.WriteEvent(ProposalCodec.ReadEvent(body)).Body);
        }

        foreach (var kind in KindsOf(typeof(Effect)))
        {
            var effect = (Effect)Sample(kind);
            Assert.Equal(effect, ProposalCodec.ReadEffect(ProposalCodec.WriteEffect(effect)));
            Assert.InRange(ProposalCodec.WriteEffect(effect).Length, 10, 500); // references, never content
        }
    }

    [Fact]
    public void Every_event_is_told_or_is_meant_to_be_silent()
    {
        // A line for each of eight mails that arrived would hide what people did.
        Type[] silent = [typeof(Event.Closed), typeof(Event.StageSettled), typeof(Event.StageSkipped), typeof(Event.Delivered)];
        foreach (var kind in KindsOf(typeof(Event)))
        {
            var line = HistoryText.Describe((Event)Sample(kind), DistrictProcedure.Definition);
            if (!silent.Contains(kind)) Assert.False(string.IsNullOrWhiteSpace(line?.Text), $"{kind.Name} is not told.");
        }
    }

    [Fact]
    public void Every_effect_is_described_without_an_address() => Assert.All(
        KindsOf(typeof(Effect)), kind => Assert.DoesNotContain("@", EffectText.Describe((Effect)Sample(kind)), StringComparison.Ordinal));

    [Fact]
    public async Task Every_effect_makes_a_mail_and_every_mail_has_an_effect()
    {
        await using var world = await World.CreateAsync();
        var open = (await world.LoadAsync(await world.TakeInAsync(TestResponse.Number(1)))).State;
        var stuck = (await world.LoadAsync(await world.TakeInAsync(TestResponse.Number(2) with { Sponsor = "" }))).State;
        var id = await world.TakeInAsync(TestResponse.Number(3));
        await world.VoteAsync(id, DistrictProcedure.Business, Choice.Deny);
        var closed = (await world.LoadAsync(id)).State;
        var held = await world.TakeInAsync(TestResponse.Number(4));
        await world.Runner.ExecuteAsync(held, World.Vote(DistrictProcedure.Business, TestDistrict.Bea, Choice.Approve, world.Clock.GetUtcNow()) with { Doubt = Doubt.TooFast }, null, TestContext.Current.CancellationToken);
        var doubtful = (await world.LoadAsync(held)).State;
        var composer = new MailComposer(world.Installation, world.Links, world.Clock);

        var mails = new HashSet<Type>();
        foreach (var kind in KindsOf(typeof(Effect)))
        {
            var state = kind.Name.Contains("Outcome", StringComparison.Ordinal) ? closed
                : kind == typeof(Effect.RequestConfirmation) ? doubtful
                : kind == typeof(Effect.RequestCorrection) || kind == typeof(Effect.RemindSponsor) || kind == typeof(Effect.TellAdministrator) ? stuck : open;
            var mail = composer.Compose(state, (Effect)Sample(kind));
            Assert.True(mail is not null, $"{kind.Name} makes no mail.");
            mails.Add(mail.GetType());
        }

        // What is about the installation is about no proposal, and so no effect of one.
        Type[] ofNoProposal = [typeof(MailMessage.InstallationNotice), typeof(MailMessage.OutageNotice), typeof(MailMessage.TestMail)];
        Assert.Equal(KindsOf(typeof(MailMessage)).Except(ofNoProposal).ToHashSet(), mails);
    }

    static IEnumerable<Type> KindsOf(Type family) =>
        family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract && type != typeof(ProposalState.None));

    static object Sample(Type kind)
    {
        var constructor = kind.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    static object? Value(ParameterInfo parameter) => parameter switch
    {
        { Name: "Stage" } => "committee",
        { Name: "Role" } => DistrictProcedure.Business,
        { Name: "Revision" } => 1,
        { Name: "Roles" } => ImmutableArray.Create(DistrictProcedure.Business),
        { ParameterType: var type } when type == typeof(string) => "words",
        { ParameterType: var type } when type == typeof(int) => 3,
        { ParameterType: var type } when type == typeof(bool) => true,
        { ParameterType: var type } when type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?) => TestDistrict.Monday,
        { ParameterType: var type } when type == typeof(ProposalId) => ProposalId.Derive("sample"),
        { ParameterType: var type } when type == typeof(Person) => TestDistrict.Bea,
        { ParameterType: var type } when type == typeof(Vote) => new Vote(TestDistrict.Bea, Choice.Approve, "", 1, TestDistrict.Monday),
        { ParameterType: var type } when type == typeof(Outcome) => new Outcome(OutcomeKind.Approved),
        { ParameterType: var type } when type == typeof(ProcessDefinition) => DistrictProcedure.Definition,
        { ParameterType: var type } when type == typeof(Proposal) =>
            new Proposal(TestDistrict.Monday, [new Answer("Q", "A")], "T", "S", ["s@district.example"], null, DataNeeds.None, "hash"),
        { ParameterType: var type } when type == typeof(ImmutableArray<Problem>) => ImmutableArray.Create(new Problem(null, "Q", "M")),
        { ParameterType: var type } when type == typeof(ImmutableArray<Change>) => ImmutableArray.Create(new Change("Q", null, "a", "b")),
        { ParameterType: var type } when type == typeof(ImmutableArray<DateTimeOffset>) => ImmutableArray.Create(TestDistrict.Monday),
        { ParameterType: var type } when type == typeof(CorrectionWait) => new CorrectionWait([TestDistrict.Monday], TestDistrict.Monday),
        { ParameterType.IsEnum: true } => Enum.GetValues(parameter.ParameterType).GetValue(0),
        _ => throw new InvalidOperationException($"No sample of {parameter.ParameterType} for {parameter.Member.DeclaringType!.Name}.{parameter.Name}."),
    };
}
