using Aspire.Hosting.ApplicationModel;
using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Kubernetes;

/// <summary>The pods of a service, under the restricted Pod Security Standard.</summary>
internal static class Workload
{
    // The liveness check of Aspire's service defaults.
    private const string Alive = "/alive";

    // The user of .NET's container images.
    private const int User = 1654;

    public static Mapping Of(Deployment deployment, DeployedService service)
    {
        var spec = new Mapping
        {
            ["selector"] = new Mapping { ["matchLabels"] = KubernetesFiles.Labels(service.Name) },
            ["strategy"] = Availability.Scales(service)
                ? new Mapping { ["type"] = "RollingUpdate", ["rollingUpdate"] = new Mapping { ["maxUnavailable"] = 0, ["maxSurge"] = 1 } }
                // Its volume belongs to one node at a time.
                : new Mapping { ["type"] = "Recreate" },
            ["template"] = new Mapping
            {
                ["metadata"] = new Mapping { ["labels"] = KubernetesFiles.Labels(service.Name) },
                ["spec"] = Pod(deployment, service),
            },
        };

        // What scales says itself how many there are.
        if (!Availability.Scales(service))
        {
            spec["replicas"] = 1;
        }

        return KubernetesFiles.Named("apps/v1", "Deployment", service.Name, ("spec", spec));
    }

    public static Mapping ClaimOf(ContainerMountAnnotation mount) => KubernetesFiles.Named("v1", "PersistentVolumeClaim", mount.Source!, ("spec", new Mapping
    {
        ["accessModes"] = (string[])["ReadWriteOnce"],
        ["resources"] = new Mapping { ["requests"] = new Mapping { ["storage"] = "1Gi" } },
    }));

    private static Mapping Pod(Deployment deployment, DeployedService service) => new()
    {
        ["automountServiceAccountToken"] = false,
        // Their variables would mix with those of the model (CACHE_PORT).
        ["enableServiceLinks"] = false,
        ["terminationGracePeriodSeconds"] = 60,
        ["securityContext"] = new Mapping
        {
            ["runAsNonRoot"] = true,
            ["runAsUser"] = User,
            ["runAsGroup"] = User,
            ["fsGroup"] = User,
            ["seccompProfile"] = new Mapping { ["type"] = "RuntimeDefault" },
        },
        ["topologySpreadConstraints"] = (Mapping[])[new()
        {
            ["maxSkew"] = 1,
            ["topologyKey"] = "kubernetes.io/hostname",
            ["whenUnsatisfiable"] = "ScheduleAnyway",
            ["labelSelector"] = new Mapping { ["matchLabels"] = KubernetesFiles.Labels(service.Name) },
        }],
        ["containers"] = (Mapping[])[Container(deployment, service)],
        ["volumes"] = (Mapping[])
        [
            new() { ["name"] = "tmp", ["emptyDir"] = new Mapping() },
            .. service.Volumes.Select(mount => new Mapping
            {
                ["name"] = mount.Source!,
                ["persistentVolumeClaim"] = new Mapping { ["claimName"] = mount.Source! },
            })
        ],
    };

    private static Mapping Container(Deployment deployment, DeployedService service)
    {
        var container = new Mapping
        {
            ["name"] = service.Name,
            ["image"] = deployment.Settings.ImageOf(service.Name),
            ["ports"] = (Mapping[])[new() { ["name"] = "http", ["containerPort"] = DeploymentValues.ServicePort }],
            ["env"] = Settings.Of(service),
            ["resources"] = new Mapping
            {
                ["requests"] = new Mapping { ["cpu"] = "100m", ["memory"] = "192Mi" },
                ["limits"] = new Mapping { ["cpu"] = "2", ["memory"] = "512Mi" },
            },
            ["securityContext"] = new Mapping
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
                ["capabilities"] = new Mapping { ["drop"] = (string[])["ALL"] },
            },
            ["volumeMounts"] = (Mapping[])
            [
                new() { ["name"] = "tmp", ["mountPath"] = "/tmp" },
                .. service.Volumes.Select(mount => new Mapping
                {
                    ["name"] = mount.Source!, ["mountPath"] = mount.Target, ["readOnly"] = mount.IsReadOnly,
                })
            ],
        };
        if (service.ReadyPath is { } ready)
        {
            container["startupProbe"] = Probe(Alive, period: 1, failures: 60);
            container["livenessProbe"] = Probe(Alive, period: 10, failures: 3);
            container["readinessProbe"] = Probe(ready, period: 5, failures: 2);
        }

        return container;
    }

    private static Mapping Probe(string path, int period, int failures) => new()
    {
        ["httpGet"] = new Mapping { ["path"] = path, ["port"] = "http" },
        ["periodSeconds"] = period,
        ["timeoutSeconds"] = 3,
        ["failureThreshold"] = failures,
    };
}
