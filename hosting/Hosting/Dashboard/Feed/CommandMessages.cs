using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>Says in the dashboard's words which commands are offered, and how one ended.</summary>
internal static class CommandMessages
{
    public static Wire.ResourceCommand Of(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = Of(command.IconVariant),
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ResourceCommandState.Enabled => Wire.ResourceCommandState.Enabled,
            ResourceCommandState.Disabled => Wire.ResourceCommandState.Disabled,
            _ => Wire.ResourceCommandState.Hidden,
        },
    };

    public static Wire.ResourceCommandResponse Of(ExecuteCommandResult result, SecretMask mask)
    {
        var response = new Wire.ResourceCommandResponse
        {
            Kind = result.Success ? Wire.ResourceCommandResponseKind.Succeeded
                : result.Canceled ? Wire.ResourceCommandResponseKind.Cancelled
                : Wire.ResourceCommandResponseKind.Failed,
        };
        if ((result.Message ?? result.ErrorMessage) is { } message)
        {
            response.Message = mask.Apply(message);
        }

        if (result.ErrorMessage is { } error)
        {
            response.ErrorMessage = mask.Apply(error);
        }

        if (result.Data is { } data)
        {
            response.Result = new()
            {
                Value = mask.Apply(data.Value),
                DisplayImmediately = data.DisplayImmediately,
                Format = data.Format switch
                {
                    CommandResultFormat.Json => Wire.CommandResultFormat.Json,
                    CommandResultFormat.Markdown => Wire.CommandResultFormat.Markdown,
                    _ => Wire.CommandResultFormat.Text,
                },
            };
        }

        return response;
    }

    public static Wire.IconVariant Of(IconVariant? variant) =>
        variant == IconVariant.Filled ? Wire.IconVariant.Filled : Wire.IconVariant.Regular;
}
