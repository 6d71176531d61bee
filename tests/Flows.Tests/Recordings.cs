using Platform.Flows.Model;
using Platform.Flows.Telemetry;

namespace Platform.Flows.Tests;

/// <summary>Traces of a real run, as the dashboard's telemetry API answered them; nothing was taken out.</summary>
internal static class Recordings
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Recorded", $"{name}.json"));

    public static IReadOnlyList<Span> Spans(string name) => OtlpReader.Read(Bytes(name));

    public static Flow Flow(string name) => FlowReader.Read(Spans(name))!;

    public static TraceStore Store(params string[] names)
    {
        var store = new TraceStore();
        foreach (var name in names)
        {
            store.Add(Spans(name));
        }

        return store;
    }
}
