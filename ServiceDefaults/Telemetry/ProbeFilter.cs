using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>Keeps health probes out of the traces: they come every few seconds and say nothing.</summary>
internal sealed class ProbeFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind is ActivityKind.Server && ServiceDefaultsExtensions.IsProbe(data))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
