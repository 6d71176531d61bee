using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>Says in the dashboard's words how an instance of a resource is doing.</summary>
internal sealed class ResourceMessages(SecretMask mask)
{
    private const string ParameterValue = "Value";

    public Wire.Resource Of(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var message = new Wire.Resource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            IsHidden = snapshot.IsHidden,
            CreatedAt = Of(snapshot.CreationTimeStamp),
            StartedAt = Of(snapshot.StartTimeStamp),
            StoppedAt = Of(snapshot.StopTimeStamp),
        };
        if (snapshot.IconName is { } icon)
        {
            message.IconName = icon;
            message.IconVariant = CommandMessages.Of(snapshot.IconVariant);
        }

        message.Environment.AddRange(snapshot.EnvironmentVariables.Where(IsOfInterest).Select(Of));
        message.Urls.AddRange(snapshot.Urls.Select(Of));
        message.Volumes.AddRange(snapshot.Volumes.Select(Of));
        message.HealthReports.AddRange(snapshot.HealthReports.Select(Of));
        message.Relationships.AddRange(snapshot.Relationships.Select(
            relationship => new Wire.ResourceRelationship { ResourceName = relationship.ResourceName, Type = relationship.Type }));
        message.Commands.AddRange(snapshot.Commands.Select(CommandMessages.Of));
        message.Properties.AddRange(snapshot.Properties.Concat(Known(snapshot)).Select(Of));
        return message;
    }

    // The dashboard lists these among the details.
    private static IEnumerable<ResourcePropertySnapshot> Known(CustomResourceSnapshot snapshot) =>
        new ResourcePropertySnapshot[]
        {
            new("resource.state", snapshot.State?.Text),
            new("resource.healthState", snapshot.HealthStatus?.ToString()),
            new("resource.startTime", snapshot.StartTimeStamp?.ToString("O", CultureInfo.InvariantCulture)),
            new("resource.stopTime", snapshot.StopTimeStamp?.ToString("O", CultureInfo.InvariantCulture)),
            new("resource.exitCode", snapshot.ExitCode),
        }.Where(property => property.Value is not null);

    // What the process merely inherits from this one is the developer's own, and nobody else's business.
    private static bool IsOfInterest(EnvironmentVariableSnapshot variable) =>
        variable.IsFromSpec || Environment.GetEnvironmentVariable(variable.Name) != variable.Value;

    private Wire.EnvironmentVariable Of(EnvironmentVariableSnapshot variable) =>
        new() { Name = variable.Name, Value = mask.Apply(variable.Value ?? ""), IsFromSpec = variable.IsFromSpec };

    private Wire.ResourceProperty Of(ResourcePropertySnapshot property) => new()
    {
        Name = property.Name,
        IsSensitive = property.IsSensitive,
        // A parameter is where a person may look its own value up; elsewhere it does not appear.
        Value = ToValue(property.Value, property.Name == ParameterValue ? text => text : mask.Apply),
    };

    private static Value ToValue(object? value, Func<string, string> show) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(show(text)),
        bool truth => Value.ForBool(truth),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(item => ToValue(item, show))]),
        _ => Value.ForString(show(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
    };

    private static Timestamp? Of(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known.ToUniversalTime()) : null;

    private static Wire.Url Of(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,
        DisplayProperties = new() { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
    };

    private static Wire.Volume Of(VolumeSnapshot volume) =>
        new() { Source = volume.Source ?? "", Target = volume.Target, MountType = volume.MountType, IsReadOnly = volume.IsReadOnly };

    private static Wire.HealthReport Of(HealthReportSnapshot report)
    {
        var message = new Wire.HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Of(report.LastRunAt),
        };
        if (report.Status is { } status)
        {
            message.Status = status switch
            {
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy => Wire.HealthStatus.Healthy,
                Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded => Wire.HealthStatus.Degraded,
                _ => Wire.HealthStatus.Unhealthy,
            };
        }

        return message;
    }
}
