namespace Plainproof.Documents.Workbooks;

/// <summary>A workbook that is not taken. The message says why and how to mend it.</summary>
public sealed class WorkbookProblem(string message) : Exception(message);
