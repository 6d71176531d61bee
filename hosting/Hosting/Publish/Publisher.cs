using Aspire.Hosting.Publish.Compose;
using Aspire.Hosting.Publish.Kubernetes;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publish;

/// <summary>Writes what it takes to run the application elsewhere, and says what is left to do.</summary>
internal sealed class Publisher(RunContext context, ILogger<Publisher> logger)
{
    /// <exception cref="DistributedApplicationException">Something cannot be published or written.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var settings = PublishSettings.Read(context.Configuration);
        var deployment = await Deployment.ReadAsync(context.Model, context.ExecutionContext, settings, logger, cancellationToken);
        try
        {
            foreach (var (name, text) in ComposeFiles.Of(deployment).Concat(KubernetesFiles.Of(deployment)))
            {
                var path = Path.Combine(settings.OutputPath, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text, cancellationToken);
                Console.WriteLine($"wrote {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
            }
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The deployment cannot be written to {settings.OutputPath} ({unwritable.Message}): choose another folder with --output-path.", unwritable);
        }

        if (settings.Images)
        {
            await ContainerImages.BuildAsync(deployment, cancellationToken);
        }

        Console.WriteLine($"""

            Left to do: {(settings.Images ? "load" : "build")} the images, give the variables their values ({ComposeFiles.Variables}, or
            {KubernetesFiles.Configuration} and the secret {KubernetesFiles.SecretName}), and put a proxy that ends TLS in front.
            """);
    }
}

internal static class PublisherSetup
{
    public static void AddPublisher(this IServiceCollection services) => services.AddSingleton<Publisher>();
}
