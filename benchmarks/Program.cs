using Platform.Benchmarks;

Func<Task>? server = args switch
{
    [BareServer.Command] => BareServer.RunAsync,
    [BarePortalServer.Command] => BarePortalServer.RunAsync,
    [SurroundingsServer.Command] => SurroundingsServer.RunAsync,
    [BareConsumer.Command] => BareConsumer.RunAsync,
    [BusyTopology.Command, var watch, var file] => () => BusyTopology.RunAsync(watch, file),
    [Shouter.Command, var rate, var lines] => () => Shouter.RunAsync(rate, lines),
    [Talker.Command] => Talker.RunAsync,
    _ => null,
};
if (server is not null)
{
    await server();
    return 0;
}

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Arguments.Usage);
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};

await new Benchmark(arguments).RunAsync(interrupted.Token);
return 0;
