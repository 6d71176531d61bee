using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Publish;

/// <summary>Builds the images with the SDK, without a container engine, as archives that <c>docker load</c> and <c>skopeo</c> read.</summary>
internal static class ContainerImages
{
    /// <exception cref="DistributedApplicationException">A build failed; its output is on the console.</exception>
    public static async Task BuildAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        foreach (var service in deployment.Services)
        {
            var settings = deployment.Settings;
            var archive = Path.Combine(settings.OutputPath, "images", $"{service.Name}.tar");
            var project = service.Resource.GetProjectMetadata().ProjectPath;
            Console.WriteLine($"building {settings.ImageOf(service.Name)} ...");
            using var build = Process.Start(new ProcessStartInfo(Executables.Dotnet(),
            [
                "publish", project, "--configuration", "Release", "-t:PublishContainer", "--verbosity", "quiet", "--nologo",
                $"-p:ContainerRepository={settings.ImagePrefix}/{service.Name}", $"-p:ContainerImageTag={settings.ImageTag}",
                $"-p:ContainerArchiveOutputPath={archive}",
                .. settings.BaseImage is { } image ? (string[])[$"-p:ContainerBaseImage={image}"] : [],
            ]))!;
            try
            {
                await build.WaitForExitAsync(cancellationToken);
            }
            finally
            {
                if (!build.HasExited)
                {
                    build.Kill(entireProcessTree: true);
                }
            }

            if (build.ExitCode != 0)
                throw new DistributedApplicationException($"The image of '{service.Name}' was not built: see the output of dotnet publish above.");

            Console.WriteLine($"wrote {Path.GetRelativePath(Environment.CurrentDirectory, archive)}");
        }
    }
}
