using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Kubernetes;

/// <summary>How many replicas there are, under load and while nodes are emptied.</summary>
internal static class Availability
{
    private const int Most = 6;

    /// <summary>What keeps files has one replica, until somebody gives it a volume that several nodes can mount.</summary>
    public static bool Scales(DeployedService service) => service.Volumes.Count == 0;

    /// <summary>One may be missing, so that a node can be emptied even where there is only one.</summary>
    public static Mapping BudgetOf(DeployedService service) => KubernetesFiles.Named("policy/v1", "PodDisruptionBudget", service.Name, ("spec", new Mapping
    {
        ["maxUnavailable"] = 1,
        ["selector"] = new Mapping { ["matchLabels"] = KubernetesFiles.Labels(service.Name) },
    }));

    public static Mapping ScalerOf(DeployedService service) => KubernetesFiles.Named("autoscaling/v2", "HorizontalPodAutoscaler", service.Name, ("spec", new Mapping
    {
        ["scaleTargetRef"] = new Mapping { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = service.Name },
        ["minReplicas"] = Math.Max(2, service.Replicas),
        ["maxReplicas"] = Math.Max(Most, service.Replicas),
        ["metrics"] = (Mapping[])[new()
        {
            ["type"] = "Resource",
            ["resource"] = new Mapping
            {
                ["name"] = "cpu",
                ["target"] = new Mapping { ["type"] = "Utilization", ["averageUtilization"] = 70 },
            },
        }],
    }));
}
