using System.Diagnostics.Metrics;
using Platform.IdP.Tests.Running;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyTelemetryTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public void A_rotation_is_counted_when_another_key_begins_to_sign_and_not_before()
    {
        var folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;
        var clock = new ManualClock();
        using var replica = new KeyReplica(folder, clock);

        // Other tests rotate at the same time, on threads of their own.
        var rotations = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        using var listener = Listen("idp.keys.rotations");
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                rotations.AddRange(Enumerable.Repeat((string)tags[0].Value!, (int)count));
            }
        });

        replica.Keys.Rotate(JwsAlgorithm.ES256);
        replica.Keys.Refresh();
        Assert.Equal(["ES256"], rotations);

        // Announced, by another than this replica.
        clock.Advance(TimeSpan.FromDays(89));
        replica.Keys.Refresh();
        Assert.Equal(["ES256"], rotations);

        clock.Advance(TimeSpan.FromDays(1));
        replica.Keys.Refresh();
        Assert.Equal(["ES256", "ES256", "RS256"], rotations.Order());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_age_of_the_key_that_signs_is_reported()
    {
        var ages = new List<(string Algorithm, double Seconds)>();
        using var listener = Listen("idp.keys.signing_key.age");
        listener.SetMeasurementEventCallback<double>((_, age, tags, _) => ages.Add(((string)tags[0].Value!, Math.Floor(age))));

        // A time that the servers of other tests do not have.
        server.Clock.Advance(TimeSpan.FromSeconds(12_345));
        listener.RecordObservableInstruments();

        Assert.Contains(("ES256", 12_345), ages);
        Assert.Contains(("RS256", 12_345), ages);
    }

    private static MeterListener Listen(string name)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == IdpTelemetry.Name && instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        return listener;
    }
}
