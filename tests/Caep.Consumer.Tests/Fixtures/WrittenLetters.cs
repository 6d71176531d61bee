using System.Text;
using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>Dead letters that are written down, when they may be.</summary>
internal sealed class WrittenLetters : IDeadLetters
{
    public List<(string Value, string Error)> Written { get; } = [];

    public Func<Task> Answer { get; set; } = () => Task.CompletedTask;

    public async Task WriteAsync(Delivery delivery, string error, string reason, CancellationToken cancellationToken)
    {
        await Answer();
        Written.Add((Encoding.UTF8.GetString(delivery.Message.Value!), error));
    }
}
