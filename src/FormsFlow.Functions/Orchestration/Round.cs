namespace FormsFlow.Functions.Orchestration;

/// <summary>What an advance found, as the orchestration's history keeps it: references and a few titles, no answers, names or addresses.</summary>
/// <param name="Work">To perform now, all at once.</param>
/// <param name="Rest">How long nothing will happen by itself; null if only an arrival matters. A length, because clocks differ.</param>
/// <param name="Finished">When the work is done, and did well, nothing is left to do.</param>
public sealed record Round(Work[] Work, TimeSpan? Rest, bool Finished, Standing Standing);

/// <param name="Effect">Its id. What it is, and to whom, stands in the store.</param>
/// <param name="Attempts">How many have been begun.</param>
public sealed record Work(string Proposal, string Effect, int Attempts);

/// <summary>The orchestration's custom status, for those who look at it in Azure.</summary>
/// <param name="Status">"InReview".</param>
/// <param name="Stages">Titles of those that are open.</param>
/// <param name="WaitingFor">Titles of the parties that have not answered.</param>
public sealed record Standing(string Status, string[] Stages, string[] WaitingFor);
