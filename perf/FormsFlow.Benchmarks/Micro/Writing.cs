using BenchmarkDotNet.Attributes;
using FormsFlow.Application.Running;
using FormsFlow.Domain.Process;

namespace FormsFlow.Benchmarks.Micro;

/// <summary>Deciding, and writing down and reading what came of it.</summary>
[MemoryDiagnoser]
public class Writing
{
    readonly string _state = ProposalCodec.WriteState(SpecimenProposal.State);
    readonly Command _vote = SpecimenProposal.Vote;
    readonly Command _submission = SpecimenProposal.Submission;

    [Benchmark]
    public object Submit() => ProposalProcess.Decide(new ProposalState.None(), _submission, SpecimenProposal.District);

    [Benchmark]
    public object Vote() => ProposalProcess.Decide(SpecimenProposal.State, _vote, SpecimenProposal.District);

    [Benchmark]
    public string WriteState() => ProposalCodec.WriteState(SpecimenProposal.State);

    [Benchmark]
    public object ReadState() => ProposalCodec.ReadState(_state);

    [Benchmark]
    public object ChainEvents() => EventChain.Append(1, EventChain.Beginning, SpecimenProposal.TakenIn.Events);
}
