using Platform.Flows;
using Platform.Flows.Command;

if (args is ["print", .. var asked])
{
    return await PrintCommand.RunAsync(asked, Console.Out, Console.Error);
}

await FlowsHost.Build(WebApplication.CreateBuilder(args)).RunAsync();
return 0;
