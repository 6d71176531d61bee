using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Kubernetes;

/// <summary>Who may talk to whom: what the AppHost's references say, and nothing else.</summary>
internal static class Network
{
    public static Mapping IngressOf(DeployedService service)
    {
        var host = new Uri(DeploymentValues.PublicAddressOf(service.Name).Default).Host;
        return KubernetesFiles.Named("networking.k8s.io/v1", "Ingress", service.Name, ("spec", new Mapping
        {
            ["tls"] = (Mapping[])[new() { ["hosts"] = (string[])[host], ["secretName"] = $"{service.Name}-tls" }],
            ["rules"] = (Mapping[])[new()
            {
                ["host"] = host,
                ["http"] = new Mapping
                {
                    ["paths"] = (Mapping[])[new()
                    {
                        ["path"] = "/",
                        ["pathType"] = "Prefix",
                        ["backend"] = new Mapping
                        {
                            ["service"] = new Mapping { ["name"] = service.Name, ["port"] = new Mapping { ["name"] = "http" } },
                        },
                    }],
                },
            }],
        }));
    }

    public static Mapping PolicyOf(Deployment deployment, DeployedService service)
    {
        // Everybody, the other services too, calls an external service under its public address.
        var callers = service.IsExternal
            ? [Namespace(deployment.Settings.IngressNamespace)]
            : deployment.Services.Where(other => other.References.Contains(service.Resource)).Select(other => PodsOf(other.Name)).ToList();
        var called = deployment.Services.Where(other => service.References.Contains(other.Resource)).ToList();
        var egress = new List<Mapping>
        {
            // Names are looked up; telemetry goes out.
            new() { ["ports"] = (Mapping[])[Port(53, "UDP"), Port(53)] },
            new() { ["ports"] = (Mapping[])[Port(4317), Port(4318)] },
        };
        egress.AddRange(called.Where(other => !other.IsExternal).Select(other => new Mapping
        {
            ["to"] = (Mapping[])[PodsOf(other.Name)],
            ["ports"] = (Mapping[])[Port(DeploymentValues.ServicePort)],
        }));
        egress.AddRange(deployment.Stores.Where(service.References.Contains)
            .Select(store => new Mapping { ["ports"] = (Mapping[])[Port(DeploymentValues.PortNumberOf(store))] }));
        if (service.IsExternal || called.Any(other => other.IsExternal))
        {
            // Wherever the public addresses lead; and what is external calls its clients back.
            egress.Add(new() { ["ports"] = (Mapping[])[Port(443)] });
        }

        return KubernetesFiles.Named("networking.k8s.io/v1", "NetworkPolicy", service.Name, ("spec", new Mapping
        {
            ["podSelector"] = new Mapping { ["matchLabels"] = KubernetesFiles.Labels(service.Name) },
            ["policyTypes"] = (string[])["Ingress", "Egress"],
            // No rule lets nobody in; the kubelet's probes need none.
            ["ingress"] = callers.Count == 0
                ? Array.Empty<Mapping>()
                : (Mapping[])[new() { ["from"] = callers, ["ports"] = (Mapping[])[Port(DeploymentValues.ServicePort)] }],
            ["egress"] = egress,
        }));
    }

    private static Mapping PodsOf(string service) => new()
    {
        ["podSelector"] = new Mapping { ["matchLabels"] = KubernetesFiles.Labels(service) },
    };

    private static Mapping Namespace(string name) => new()
    {
        ["namespaceSelector"] = new Mapping { ["matchLabels"] = new Mapping { ["kubernetes.io/metadata.name"] = name } },
    };

    private static Mapping Port(int port, string protocol = "TCP") => new() { ["port"] = port, ["protocol"] = protocol };
}
