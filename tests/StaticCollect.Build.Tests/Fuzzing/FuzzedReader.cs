namespace StaticCollect.Build.Tests.Fuzzing;

/// <summary>A reader of what others wrote, or of what a run before did.</summary>
/// <param name="Seeds">Good inputs, which the others are made of.</param>
/// <param name="Words">What its inputs are made of.</param>
/// <param name="Read">
/// Reads an input. Throws where it does not keep its promises; else tells in short what came of it: inputs of new outcomes are worth
/// changing further.
/// </param>
internal sealed record FuzzedReader(IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words, Func<byte[], string> Read);
