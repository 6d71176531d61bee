// An AppHost for the tests of the engine; the configuration says which of its troubles it has.
var builder = DistributedApplication.CreateBuilder(args);

var secret = builder.AddParameter("secret", new GenerateParameterDefault { MinLength = 24, Special = false }, secret: true, persist: true);
var cache = builder.AddRedis("cache");

// With a child of its own, as shells and watchers have.
var sleeper = builder.AddExecutable("sleeper", "sh", ".", "-c", "echo asleep; sleep 987654 & wait");

var service = builder.AddProject<Projects.SampleService>("service")
    .WithReplicas(2)
    .WithReference(cache).WaitFor(cache)
    .WaitFor(sleeper)
    .WithEnvironment("SECRET", secret)
    .WithEnvironment("OVERRIDDEN", "model")
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("https", url => url.DisplayText = "Front door");

builder.AddProject<Projects.SampleService>("caller", launchProfileName: null)
    .WithHttpEndpoint()
    .WithReference(service).WaitFor(service)
    .WithHttpHealthCheck("/health");

switch (builder.Configuration["Trouble"])
{
    case "missing-executable":
        builder.AddExecutable("broken", "no-such-program", ".");
        break;

    case "stubborn":
        builder.AddExecutable("broken", "sh", ".", "-c", "trap '' TERM; while true; do sleep 1; done");
        break;
}

builder.Build().Run();
