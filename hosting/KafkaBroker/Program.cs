using Platform.KafkaBroker;

switch (Invocation.Parse(args))
{
    case Invocation.Help:
        Console.WriteLine(Invocation.Usage);
        return 0;

    case Invocation.Mistake(var reason):
        await Console.Error.WriteLineAsync($"{reason}{Environment.NewLine}{Invocation.Usage}");
        return 2;

    case Invocation.Serve(var topics, var groups):
        return await Service.RunAsync(topics, groups);

    default:
        return 2;
}
