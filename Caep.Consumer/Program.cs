using Platform.Caep.Configuration;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Sessions;

var builder = WebApplication.CreateBuilder(args);
SeedVariables.Apply(builder.Configuration);
builder.AddServiceDefaults();
builder.AddRedisClient("cache");
builder.Services.AddSessions();
builder.AddEvents();
builder.AddIntake();

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
