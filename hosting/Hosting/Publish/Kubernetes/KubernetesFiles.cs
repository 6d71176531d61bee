using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Kubernetes;

/// <summary>Manifests for <c>kubectl apply -k</c>. Redis and Kafka are services that the cluster has, or that a Helm chart brings.</summary>
internal static class KubernetesFiles
{
    public const string Configuration = "kubernetes/configuration.yaml";
    public const string ConfigMapName = "platform";
    public const string SecretName = "platform-secrets";

    public static IEnumerable<(string Name, string Text)> Of(Deployment deployment)
    {
        var names = new List<string> { "configuration.yaml", "network.yaml" };
        foreach (var service in deployment.Services)
        {
            names.Add($"{service.Name}.yaml");
            yield return ($"kubernetes/{service.Name}.yaml", Yaml.Write("Written from the application model; changes belong there.", Objects(deployment, service)));
        }

        yield return (Configuration, Yaml.Write(
            $"""
            What the model leaves to the cluster: public addresses (those of the Ingresses too), and where Redis and Kafka listen.
            {string.Concat(deployment.Variables.Where(variable => variable.Description is not null).Select(variable => $"{variable.Name}: {variable.Description}\n"))}
            The secret {SecretName} is not here. It has the keys {string.Join(", ", SecretsOf(deployment))}; one way to make it, a random text each:
            kubectl create secret generic {SecretName} --from-env-file=FILE
            """,
            Named("v1", "ConfigMap", ConfigMapName, ("data", deployment.Variables.Where(variable => !variable.IsSecret)
                .ToDictionary(variable => variable.Name, variable => (object)variable.Default)))));
        yield return ("kubernetes/network.yaml", Yaml.Write(
            "Nobody talks to anybody, unless a policy of a service says so.",
            Named("networking.k8s.io/v1", "NetworkPolicy", "default-deny", ("spec", new Mapping
            {
                ["podSelector"] = new Mapping(),
                ["policyTypes"] = (string[])["Ingress", "Egress"],
            }))));
        yield return ("kubernetes/kustomization.yaml", Yaml.Write(
            "kubectl apply -k kubernetes/",
            new Mapping
            {
                ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
                ["kind"] = "Kustomization",
                ["labels"] = (Mapping[])[new()
                {
                    ["pairs"] = new Mapping { ["app.kubernetes.io/part-of"] = "platform" },
                }],
                ["resources"] = names,
            }));
    }

    /// <summary>An object with its kind and name, and then what it is.</summary>
    public static Mapping Named(string apiVersion, string kind, string name, params ReadOnlySpan<(string Key, object Value)> rest)
    {
        var named = new Mapping { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new Mapping { ["name"] = name } };
        foreach (var (key, value) in rest)
        {
            named[key] = value;
        }

        return named;
    }

    public static Mapping Labels(string service) => new() { ["app.kubernetes.io/name"] = service };

    private static IEnumerable<string> SecretsOf(Deployment deployment) =>
        deployment.Variables.Where(variable => variable.IsSecret).Select(variable => variable.Name);

    private static IEnumerable<object> Objects(Deployment deployment, DeployedService service)
    {
        yield return Workload.Of(deployment, service);
        foreach (var mount in service.Volumes)
        {
            yield return Workload.ClaimOf(mount);
        }

        yield return Named("v1", "Service", service.Name, ("spec", new Mapping
        {
            ["selector"] = Labels(service.Name),
            ["ports"] = (Mapping[])[new() { ["name"] = "http", ["port"] = DeploymentValues.ServicePort, ["targetPort"] = "http" }],
        }));
        if (service.IsExternal)
        {
            yield return Network.IngressOf(service);
        }

        yield return Network.PolicyOf(deployment, service);
        yield return Availability.BudgetOf(service);
        if (Availability.Scales(service))
        {
            yield return Availability.ScalerOf(service);
        }
    }
}
