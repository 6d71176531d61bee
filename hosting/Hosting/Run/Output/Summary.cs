using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>What stands on the screen when everything runs.</summary>
internal static class Summary
{
    public static IEnumerable<string> Of(RunContext context, DashboardAddresses? dashboard, TimeSpan took)
    {
        var resources = context.Model.Resources.Where(Topology.Runs).ToList();
        var width = resources.Select(resource => resource.Name.Length).DefaultIfEmpty(0).Max();
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"Started in {took.TotalSeconds:0.0} s.");
        yield return "";
        foreach (var resource in resources)
        {
            yield return $"  {resource.Name.PadRight(width)}  {State(context, resource),-12}  {Addresses(context, resource)}".TrimEnd();
        }

        yield return "";
        foreach (var url in resources.SelectMany(resource => UrlsOf(context, resource)).Where(url => url.DisplayProperties.DisplayName.Length > 0))
        {
            yield return $"  {url.DisplayProperties.DisplayName + ":",-11} {url.Url}";
        }

        if (dashboard is not null)
        {
            yield return $"  {"Dashboard:",-11} {dashboard.LoginUrl}";
        }

        yield return $"  {"Stop:",-11} Ctrl-C";
        yield return "";
    }

    private static string State(RunContext context, IResource resource)
    {
        var states = context.Notifications.StatesOf(resource);
        var healthy = states.Count(state => state.Snapshot.HealthStatus == HealthStatus.Healthy);
        var text = healthy == states.Length ? "healthy" : states.Select(state => state.Snapshot.State?.Text).FirstOrDefault() ?? "";
        return states.Length > 1 ? $"{text} ×{states.Length}" : text;
    }

    private static string Addresses(RunContext context, IResource resource)
    {
        var description = context.Notifications.StatesOf(resource).SelectMany(state => state.Snapshot.Properties)
            .FirstOrDefault(property => property.Name == CustomResourceKnownProperties.Source)?.Value as string;
        return string.Join("  ", UrlsOf(context, resource).Select(url => url.Url)) + (description is null ? "" : $"  ({description})");
    }

    private static System.Collections.Immutable.ImmutableArray<UrlSnapshot> UrlsOf(RunContext context, IResource resource) =>
        context.Notifications.StatesOf(resource).FirstOrDefault()?.Snapshot.Urls ?? [];
}
