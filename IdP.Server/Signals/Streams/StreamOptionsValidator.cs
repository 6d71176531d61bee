using Microsoft.Extensions.Options;

namespace Platform.IdP.Signals.Streams;

internal sealed class StreamOptionsValidator : IValidateOptions<StreamOptions>
{
    public ValidateOptionsResult Validate(string? name, StreamOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(StreamOptions options)
    {
        if (options.StreamsPerReceiver is < 1 or > 100)
            yield return "Signals:StreamsPerReceiver must be between 1 and 100.";
        if (options.DefaultSubjects is not (DefaultSubject.All or DefaultSubject.None))
            yield return $"Signals:DefaultSubjects is '{options.DefaultSubjects}': set it to ALL or NONE.";
        if (options.SubjectsPerStream is < 1 or > 10_000_000)
            yield return "Signals:SubjectsPerStream must be between 1 and 10000000.";
        if (options.QueueLength is < 100 or > 10_000_000)
            yield return "Signals:QueueLength must be between 100 and 10000000.";
        if (options.QueueAge < TimeSpan.FromMinutes(1) || options.QueueAge > TimeSpan.FromDays(90))
            yield return "Signals:QueueAge must be between one minute and 90 days.";
        if (options.MinVerificationInterval < TimeSpan.FromSeconds(1) || options.MinVerificationInterval > TimeSpan.FromDays(1))
            yield return "Signals:MinVerificationInterval must be between one second and one day.";
        if (options.InactivityTimeout != TimeSpan.Zero && options.InactivityTimeout < TimeSpan.FromMinutes(1))
            yield return "Signals:InactivityTimeout must be zero (never) or at least one minute.";
        if (options.LongPoll < TimeSpan.FromSeconds(1) || options.LongPoll > TimeSpan.FromMinutes(5))
            yield return "Signals:LongPoll must be between one second and five minutes.";
        if (options.PollBatch is < 1 or > 1000)
            yield return "Signals:PollBatch must be between 1 and 1000.";
    }
}
