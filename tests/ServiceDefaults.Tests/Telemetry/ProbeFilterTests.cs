using System.Diagnostics;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults.Tests.Telemetry;

public sealed class ProbeFilterTests
{
    [Theory]
    [InlineData("/health", false)]
    [InlineData("/alive", false)]
    [InlineData("/token", true)]
    public void Only_probes_are_kept_out_of_the_traces(string path, bool recorded)
    {
        using var source = new ActivitySource("ProbeFilterTests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("request", ActivityKind.Server)!.SetTag("url.path", path);
        using var filter = new ProbeFilter();

        filter.OnEnd(activity);

        Assert.Equal(recorded, activity.Recorded);
    }
}
