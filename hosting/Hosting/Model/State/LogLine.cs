namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console output.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>A line as it was written, with its time.</summary>
internal readonly record struct LogEntry(int Number, DateTimeOffset Time, string Text, bool IsError);
