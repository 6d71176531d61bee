using System.Collections;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The variables of a process: what the model says, what Aspire adds, and what the AppHost itself was given.</summary>
internal sealed class ProcessEnvironment(RunContext context, DashboardAddresses? dashboard, DeveloperCertificate certificate)
{
    // They describe the AppHost, not its resources.
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT",
        "HTTP_PORTS", "HTTPS_PORTS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS",
        "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"
    ];

    // Starting is compiling. Left to itself, .NET compiles anew what was called often 100 ms after something new was called last,
    // while the other processes are still to start: a third of all the work. Here it waits a second (1,000 ms, in hexadecimal).
    private const string LaterOptimization = "DOTNET_TC_CallCountingDelayMs";
    private const string OneSecond = "3E8";

    public async Task<Dictionary<string, string>> ModelAsync(
        IResource resource, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken)
    {
        var collected = new EnvironmentCallbackContext(context.ExecutionContext, resource, null, cancellationToken)
        {
            Logger = context.Logs.GetLogger(resource)
        };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await callback.Callback(collected);
        }

        var result = new Dictionary<string, string>();
        foreach (var (name, value) in collected.EnvironmentVariables)
        {
            if (await ValueAsync(resource, value, targets, cancellationToken) is { } text)
            {
                result[name] = text;
            }
        }

        return result;
    }

    public async Task<List<string>> ArgumentsAsync(
        IResource resource, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken)
    {
        var collected = new CommandLineArgsCallbackContext([], resource, cancellationToken);
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await callback.Callback(collected);
        }

        var result = new List<string>();
        foreach (var argument in collected.Args)
        {
            if (await ValueAsync(resource, argument, targets, cancellationToken) is { } text)
            {
                result.Add(text);
            }
        }

        return result;
    }

    /// <summary>What the AppHost was given and does not describe it alone.</summary>
    public static Dictionary<string, string> Inherited() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(entry => !NotInherited.Contains((string)entry.Key))
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>Everything that the process sees.</summary>
    public Dictionary<string, string> Complete(IResource resource, string instanceId, IReadOnlyDictionary<string, string> model)
    {
        var all = Inherited();
        all.TryAdd(LaterOptimization, OneSecond);
        if (resource is ProjectResource)
        {
            all["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
            all["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        }

        if (resource.TryGetLastAnnotation<OtlpExporterAnnotation>(out var otlp))
        {
            foreach (var (name, value) in TelemetryEnvironment.For(resource, instanceId, otlp, dashboard, context.IsDevelopment))
            {
                all[name] = value;
            }
        }

        certificate.AddTrust(all);
        foreach (var (name, value) in model)
        {
            all[name] = value;
        }

        return all;
    }

    private async ValueTask<string?> ValueAsync(
        IResource resource, object value, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken) => value switch
        {
            IValueProvider provider => await provider.GetValueAsync(
                new() { Caller = resource, ExecutionContext = context.ExecutionContext, TargetPorts = targets }, cancellationToken),
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
        };
}
