using Platform.Bff;
using Platform.Bff.Keys;

var app = BffHost.Build(WebApplication.CreateBuilder(args));
if (KeyRotationCommand.IsMeant(args))
{
    return await KeyRotationCommand.RunAsync(app);
}

await app.RunAsync();
return 0;
