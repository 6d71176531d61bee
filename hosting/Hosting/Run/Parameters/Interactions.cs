using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.Run;

/// <summary>The questions that are open. Every dashboard sees all of them, one that connects later too; the first answer counts.</summary>
internal sealed class Interactions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (Interaction Question, Channel<IReadOnlyDictionary<string, string>?> Answers)> _open = [];
    private ImmutableHashSet<Channel<Interaction>> _watchers = [];
    private int _last;

    /// <summary>The fields' values by their names; null when the person declined. What leaves a required field empty is asked again.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> AskAsync(Interaction question, CancellationToken cancellationToken)
    {
        var answers = Channel.CreateUnbounded<IReadOnlyDictionary<string, string>?>();
        question = question with { Id = Interlocked.Increment(ref _last) };
        try
        {
            while (true)
            {
                Tell(question, answers);
                if (await answers.Reader.ReadAsync(cancellationToken) is not { } values)
                {
                    return null;
                }

                question = question with { Fields = [.. question.Fields.Select(field => Checked(field, values.GetValueOrDefault(field.Name, "")))] };
                if (question.Fields.All(field => field.Errors.IsEmpty))
                {
                    return values;
                }
            }
        }
        finally
        {
            Tell(question with { IsOpen = false }, answers);
        }
    }

    /// <summary>What a person said; null when he declined. An answer to what is not open any more is too late.</summary>
    public void Answer(int id, IReadOnlyDictionary<string, string>? values)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(id, out var asked))
            {
                asked.Answers.Writer.TryWrite(values);
            }
        }
    }

    /// <summary>What is open, then every change.</summary>
    public async IAsyncEnumerable<Interaction> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateUnbounded<Interaction>();
        lock (_lock)
        {
            foreach (var (question, _) in _open.Values)
            {
                changes.Writer.TryWrite(question);
            }

            _watchers = _watchers.Add(changes);
        }

        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Remove(changes));
        }
    }

    private static InputField Checked(InputField field, string value) => field with
    {
        Value = value,
        Errors = field.Required && string.IsNullOrWhiteSpace(value) ? [$"{field.Label} needs a value."] : []
    };

    private void Tell(Interaction question, Channel<IReadOnlyDictionary<string, string>?> answers)
    {
        lock (_lock)
        {
            if (question.IsOpen)
            {
                _open[question.Id] = (question, answers);
            }
            else
            {
                _open.Remove(question.Id);
            }

            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(question);
            }
        }
    }
}
