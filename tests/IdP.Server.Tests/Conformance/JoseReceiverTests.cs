using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.Signals.Streams;

namespace Platform.IdP.Tests.Conformance;

/// <summary>The transmitter before a receiver that shares no code with it: <c>receiver/receiver.mjs</c>, written with jose.</summary>
public sealed class JoseReceiverTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static string Folder { get; } = typeof(JoseReceiverTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ConformanceReceiver").Value!;

    private static string? Missing => Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "The receiver is not installed: run `./platform test`, or `npm ci` in tests/IdP.Server.Tests/Conformance/receiver.";

    [Fact]
    public async Task X9_A_receiver_written_with_jose_is_served_by_poll_and_by_push()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "receiver.mjs")])
        {
            RedirectStandardError = true,
            Environment = { ["RECEIVER_SETUP"] = Setup() },
        })!;
        try
        {
            var error = await node.StandardError.ReadToEndAsync(patience.Token);
            await node.WaitForExitAsync(patience.Token);
            Assert.True(node.ExitCode == 0, error);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill();
            }
        }
    }

    private string Setup() => JsonSerializer.Serialize(new
    {
        Issuer = IdpServer.Issuer,
        Port = server.Port,
        Ca = File.ReadAllText(server.Settings["Kestrel:Certificates:Default:Path"]),
        ClientId = "receiver",
        ClientSecret = StreamsServer.ReceiverSecret,
        AdminSecret = IdpServer.AdminSecret,
        Subject = StreamsServer.Ada,
    }, JsonSerializerOptions.Web);
}
