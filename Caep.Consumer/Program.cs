using Platform.Caep;
using Platform.Caep.Intake.Replay;
using Platform.Caep.Recent;

// The options of a command are its own, and no configuration of the host.
var app = CaepHost.Build(WebApplication.CreateBuilder(args is [['-', ..], ..] ? args : []));
switch (args)
{
    case [ReplayCommand.Name, .. var options]:
        return await ReplayCommand.RunAsync(app, options, Console.Out, Console.Error);
    case [RecentEventsCommand.Name, .. var options]:
        return await RecentEventsCommand.RunAsync(app, options, Console.Out, Console.Error);
    default:
        await app.RunAsync();
        return 0;
}
