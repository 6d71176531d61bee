using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>What a person is asked, and what he answers: both ways over one call.</summary>
internal sealed class InteractionFeed(Interactions interactions)
{
    public async Task<GrpcStatus> WatchAsync(GrpcCall call)
    {
        await call.AcknowledgeAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        var telling = TellAsync(call, ended.Token);
        try
        {
            while (await call.ReadAsync(Wire.WatchInteractionsRequestUpdate.Parser) is { } answer)
            {
                Take(answer);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await telling;
        }

        return GrpcStatus.Ok;
    }

    private async Task TellAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var interaction in interactions.WatchAsync(cancellationToken))
            {
                await call.WriteAsync(Of(interaction));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The dashboard is gone; another one is told the same.
        }
    }

    private void Take(Wire.WatchInteractionsRequestUpdate answer)
    {
        switch (answer.KindCase)
        {
            case var _ when answer.ResponseUpdate: // Somebody types.
                break;

            case Wire.WatchInteractionsRequestUpdate.KindOneofCase.InputsDialog:
                interactions.Answer(answer.InteractionId, answer.InputsDialog.InputItems.ToLookup(input => input.Name, input => input.Value)
                    .ToDictionary(input => input.Key, input => input.Last()));
                break;

            case Wire.WatchInteractionsRequestUpdate.KindOneofCase.Notification when answer.Notification.Result:
                interactions.Answer(answer.InteractionId, new Dictionary<string, string>());
                break;

            default:
                interactions.Answer(answer.InteractionId, null);
                break;
        }
    }

    private static Wire.WatchInteractionsResponseUpdate Of(Interaction interaction)
    {
        var message = new Wire.WatchInteractionsResponseUpdate
        {
            InteractionId = interaction.Id,
            Title = interaction.Title,
            Message = interaction.Message,
            PrimaryButtonText = interaction.PrimaryButton,
            // Only a dialog can be left.
            ShowDismiss = !interaction.Fields.IsEmpty,
            ShowSecondaryButton = !interaction.Fields.IsEmpty,
        };
        if (!interaction.IsOpen)
        {
            message.Complete = new();
        }
        else if (interaction.Fields.IsEmpty)
        {
            message.Notification = new() { Intent = Wire.MessageIntent.Warning };
        }
        else
        {
            message.InputsDialog = new();
            message.InputsDialog.InputItems.AddRange(interaction.Fields.Select(Of));
        }

        return message;
    }

    private static Wire.InteractionInput Of(InputField field)
    {
        var input = new Wire.InteractionInput
        {
            Name = field.Name,
            Label = field.Label,
            Description = field.Description,
            Required = field.Required,
            Disabled = field.Disabled,
            Value = field.Value,
            InputType = field.Kind switch
            {
                InputKind.Secret => Wire.InputType.SecretText,
                InputKind.Boolean => Wire.InputType.Boolean,
                _ => Wire.InputType.Text,
            },
        };
        input.ValidationErrors.AddRange(field.Errors);
        return input;
    }
}
