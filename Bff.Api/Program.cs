using Platform.Bff;

BffHost.Build(WebApplication.CreateBuilder(args)).Run();
