using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>Parameters that nothing gives a value: a person is asked in the dashboard, and what needs them waits.</summary>
internal sealed partial class ParameterPrompts(RunContext context, Interactions interactions, UserSecrets secrets) : IDisposable
{
    internal const string ValueMissing = "Value missing";
    private const string Save = "SaveToUserSecrets";

    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<ParameterResource, TaskCompletionSource<string>> _missing = [];

    /// <summary>
    /// Publishes the parameters. Those without value are asked for, and returned; where nobody can be asked, a
    /// <see cref="MissingParameterValueException"/> says how to set the first of them.
    /// </summary>
    public async Task<IReadOnlyList<ParameterResource>> ResolveAsync(bool canAsk, CancellationToken cancellationToken)
    {
        foreach (var parameter in context.Model.Resources.OfType<ParameterResource>())
        {
            try
            {
                await PublishAsync(parameter, await parameter.GetValueAsync(cancellationToken), KnownResourceStates.Running, KnownResourceStateStyles.Success);
            }
            catch (MissingParameterValueException missing) when (canAsk)
            {
                var value = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                _missing[parameter] = value;
                parameter.Prompt = value.Task;
                LogMissing(context.Logs.GetLogger(parameter), missing.Message);
                await PublishAsync(parameter, missing.Message, ValueMissing, KnownResourceStateStyles.Warn);
            }
        }

        if (_missing.Count > 0)
        {
            _ = Task.Run(() => AskAsync(_end.Token), CancellationToken.None);
        }

        return [.. _missing.Keys];
    }

    /// <summary>Nobody is asked any more.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyDictionary<string, string>? values = null;
            while (values is null)
            {
                // A bar that stays; who closes the dialog opens it again there.
                await interactions.AskAsync(
                    new("Unresolved parameters", "There are parameters without a value. What needs them waits.", "Enter values"), cancellationToken);
                values = await interactions.AskAsync(Dialog(), cancellationToken);
            }

            foreach (var (parameter, waiting) in _missing)
            {
                await SetAsync(parameter, waiting, values[parameter.Name], save: values.GetValueOrDefault(Save) == "true");
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }

    private Interaction Dialog() => new("Set unresolved parameters", "Enter the values of these parameters.", "Save")
    {
        Fields =
        [
            .. _missing.Keys.Select(parameter => new InputField(parameter.Name, parameter.Name, parameter.Secret ? InputKind.Secret : InputKind.Text)
            {
                Description = parameter.Description ?? "",
                Required = true
            }),
            new(Save, "Save to user secrets", InputKind.Boolean)
            {
                Disabled = !secrets.Exist,
                Description = secrets.Exist ? "The next run finds them there." : "The AppHost's project needs a UserSecretsId for that."
            }
        ]
    };

    private async Task SetAsync(ParameterResource parameter, TaskCompletionSource<string> waiting, string value, bool save)
    {
        var log = context.Logs.GetLogger(parameter);
        if (save && secrets.Exist)
        {
            try
            {
                secrets.Set(parameter.ConfigurationKey, value);
                LogSaved(log);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
            {
                LogNotSaved(log, failure.Message);
            }
        }

        await PublishAsync(parameter, value, KnownResourceStates.Running, KnownResourceStateStyles.Success);
        waiting.TrySetResult(value);
    }

    private Task PublishAsync(ParameterResource parameter, string? value, string state, string style) =>
        context.Notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
        {
            State = new(state, style),
            CreationTimeStamp = snapshot.CreationTimeStamp ?? context.Clock.GetUtcNow().UtcDateTime,
            Properties =
            [
                new("Value", value) { IsSensitive = parameter.Secret && state != ValueMissing },
                new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)
            ]
        });

    [LoggerMessage(LogLevel.Warning, "{Reason} Or enter it in the dashboard, which asks for it.")]
    private static partial void LogMissing(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The value is kept in the user secrets.")]
    private static partial void LogSaved(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The value could not be kept in the user secrets: {Reason}")]
    private static partial void LogNotSaved(ILogger logger, string reason);
}
