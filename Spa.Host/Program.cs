using Platform.Spa.Pages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPages();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

var app = builder.Build();
app.UseSecurityHeaders();
app.MapDefaultEndpoints();
app.MapPages();
app.Run();
