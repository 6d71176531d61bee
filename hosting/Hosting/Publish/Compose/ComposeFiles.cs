using Aspire.Hosting.ApplicationModel;
using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Compose;

/// <summary>The whole application on one machine, Redis and Kafka included (Compose Specification).</summary>
internal static class ComposeFiles
{
    public const string Variables = ".env";

    public static IEnumerable<(string Name, string Text)> Of(Deployment deployment)
    {
        var services = new Mapping();
        foreach (var store in deployment.Stores)
        {
            ComposeStores.Add(services, store);
        }

        foreach (var service in deployment.Services)
        {
            services[service.Name] = Service(deployment, service);
        }

        var volumes = deployment.Services.SelectMany(service => service.Volumes.Select(mount => mount.Source!))
            .Concat(deployment.Stores.Select(ComposeStores.VolumeOf)).Distinct();
        yield return ("docker-compose.yaml", Yaml.Write(
            $"""
            Written from the application model; changes belong there. Copy .env.example to {Variables} and give the values.
            Each external service listens on a port of this machine, without TLS: a proxy in front of it ends TLS.
            """,
            new Mapping
            {
                ["services"] = services,
                ["volumes"] = volumes.ToDictionary(volume => volume, _ => (object)new Mapping()),
            }));
        yield return (".env.example", VariablesFile(deployment));
    }

    private static Mapping Service(Deployment deployment, DeployedService service)
    {
        var mapping = new Mapping
        {
            ["image"] = deployment.Settings.ImageOf(service.Name),
            ["restart"] = "unless-stopped",
            ["read_only"] = true,
            ["tmpfs"] = (string[])["/tmp"],
            ["cap_drop"] = (string[])["ALL"],
            ["security_opt"] = (string[])["no-new-privileges:true"],
            ["environment"] = service.Environment.ToDictionary(setting => setting.Key, setting => (object)Text(setting.Value)),
        };
        if (service.Replicas > 1)
        {
            mapping["deploy"] = new Mapping { ["replicas"] = service.Replicas };
        }

        if (service.IsExternal)
        {
            // Several replicas cannot share one port of the machine: Compose gives each one of the range.
            var first = $"{ResourceNames.ToVariable(service.Name)}_PORTS";
            mapping["ports"] = (string[])[$"127.0.0.1:${{{first}:?}}:{DeploymentValues.ServicePort}"];
        }

        if (service.Volumes.Count > 0)
        {
            mapping["volumes"] = service.Volumes.Select(mount => $"{mount.Source}:{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}").ToArray();
        }

        if (service.WaitsFor.Count > 0)
        {
            mapping["depends_on"] = service.WaitsFor.ToDictionary(
                other => other.Name,
                other => (object)new Mapping { ["condition"] = other is ProjectResource ? "service_started" : "service_healthy" });
        }

        return mapping;
    }

    private static string Text(PublishedText text) => text.Write(
        literal => literal.Replace("$", "$$", StringComparison.Ordinal),
        variable => variable.IsOfStore ? variable.Default : $"${{{variable.Name}:?}}");

    private static string VariablesFile(Deployment deployment)
    {
        var lines = new List<string> { "# The public addresses, under which browsers and clients reach the services." };
        var variables = deployment.Variables.Where(variable => !variable.IsOfStore).ToList();
        lines.AddRange(variables.Where(variable => !variable.IsSecret && variable.Default.Length > 0).Select(Line));
        lines.AddRange(variables.Where(variable => !variable.IsSecret && variable.Default.Length == 0)
            .SelectMany(variable => (string[])["", $"# {variable.Description}", Line(variable)]));
        lines.Add("");
        lines.Add("# Ports of this machine, one for each replica, to which the proxy that ends TLS goes.");
        var port = 8000;
        foreach (var service in deployment.Services.Where(service => service.IsExternal))
        {
            var last = port + service.Replicas - 1;
            lines.Add($"{ResourceNames.ToVariable(service.Name)}_PORTS={(last == port ? $"{port}" : $"{port}-{last}")}");
            port += 10;
        }

        lines.Add("");
        lines.Add("# Secrets: a random text each, for example of `openssl rand -hex 32`. Keep this file to yourself.");
        lines.AddRange(variables.Where(variable => variable.IsSecret).Select(Line));
        return string.Join('\n', lines) + "\n";

        static string Line(DeploymentVariable variable) => $"{variable.Name}={variable.Default}";
    }
}
