namespace Plainproof.Features.Interview;

/// <summary>One thing wrong with an answers file, and how to mend it.</summary>
/// <param name="Line">From 1; 0 when it is about the file as a whole.</param>
internal sealed record AnswersProblem(string File, int Line, string What, string Mend)
{
    public override string ToString() => $"{(Line > 0 ? $"{File}:{Line}" : File)}: {What}. {Mend}.";
}

/// <summary>What came of reading an answers file: answers, or every problem at once.</summary>
internal sealed record AnswersRead(Answers? Answers, IReadOnlyList<AnswersProblem> Problems);
