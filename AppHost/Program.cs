using Platform.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

var adminSecret = builder.AddParameter("admin-client-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
var protectionSecret = builder.AddParameter("data-protection-secret", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);
var keysSecret = builder.AddParameter("idp-keys-secret", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);
var diagnosticsKey = builder.AddParameter("diagnostics-key", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

// What must outlive a run, and in tests must not. A deployment has a volume for it.
var data = builder.ExecutionContext.IsPublishMode ? "/home/app"
    : builder.Configuration["DataFolder"] ?? Path.Combine(builder.AppHostDirectory, ".platform");

var cache = builder.AddRedis("cache").WithPersistence();

var kafka = builder.AddKafka("kafka")
    .WithDataVolume()
    .WithEnvironment("KAFKA_CREATE_TOPICS", "caep.events:6,caep.events.dlt:6")
    .WithEnvironment("KAFKA_EXPECTED_GROUPS", "caep");

var idp = builder.AddProject<Projects.IdP_Server>("idp")
    .WithReference(cache).WaitFor(cache)
    .WithReference(kafka).WaitFor(kafka)
    .WithEnvironment("ADMIN_CLIENT_SECRET", adminSecret)
    .WithEnvironment("Keys__Folder", Path.Combine(data, "idp-keys"))
    .WithEnvironment("Keys__Secret", keysSecret)
    .WithEnvironment("DataProtection__Secret", protectionSecret)
    .WithEnvironment("Idp__Credentials__Folder", Path.Combine(data, "idp-credentials"))
    .WithAnnotation(new ContainerMountAnnotation("idp-data", data, ContainerMountType.Volume, isReadOnly: false))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");
var issuer = idp.GetPublicEndpoint();
idp.WithEnvironment("Idp__Issuer", issuer);

var contacts = builder.AddProject<Projects.Contacts_Api>("contacts-api")
    .WithReference(idp).WaitFor(idp)
    .WithEnvironment("Oidc__Issuer", issuer)
    .WithHttpHealthCheck("/health");
contacts.WithEnvironment("Oidc__ApiUrl", contacts.GetEndpoint("http"));

var spa = builder.AddProject<Projects.Spa_Host>("spa")
    .WithEnvironment("Pages__SignInOrigins__0", issuer)
    .WithHttpHealthCheck("/health");

var bff = builder.AddProject<Projects.Bff_Api>("bff")
    .WithReference(cache).WaitFor(cache)
    .WithReference(idp).WaitFor(idp)
    .WithReference(contacts).WaitFor(contacts)
    .WithReference(spa).WaitFor(spa)
    .WithReplicas(2)
    .WithEnvironment("Oidc__Issuer", issuer)
    .WithEnvironment("DataProtection__Secret", protectionSecret)
    .WithEnvironment("Bff__Events__Required", "true") // caep is below
    .WithEnvironment("Bff__Diagnostics__Key", diagnosticsKey)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");
var portal = bff.GetPublicEndpoint();
bff.WithEnvironment("Bff__PublicUrl", portal)
    .WithUrlForEndpoint(portal.EndpointName, url => url.DisplayText = "Portal");

// The client's redirect URIs and keys: the IdP must know where the portal is reached, and goes there itself.
idp.WithEnvironment("BFF_HTTPS", portal);

var caep = builder.AddProject<Projects.Caep_Consumer>("caep")
    .WithReference(kafka).WaitFor(kafka)
    .WithReference(cache).WaitFor(cache)
    .WithReference(idp).WaitFor(idp)
    .WithEnvironment("Oidc__Issuer", issuer)
    .WithHttpHealthCheck("/health");
if (builder.ExecutionContext.IsPublishMode)
{
    var network = builder.AddParameter("proxy-network")
        .WithDescription("The network of the proxy that ends TLS, 10.0.0.0/8 for example: it says whose request it is.");
    idp.WithEnvironment("Idp__TrustedProxies__0", network);
    bff.WithEnvironment("Bff__TrustedProxies__0", network);
    idp.WithEnvironment("Idp__Outbound__AllowedHosts__0", builder.AddParameter("portal-host")
        .WithDescription("The host of the portal's public address: the IdP goes there for its keys, be the address a private one."));
}
else
{
    idp.WithEnvironment("Idp__Outbound__AllowedHosts__0", "localhost");
    caep.WithEnvironment("Kafka__GroupInstanceId", "caep-1"); // a static member, one replica: its partitions come back with it
}

// Draws the traces that Aspire's dashboard has; where there is no dashboard, there is nothing to draw.
if (builder.ExecutionContext.IsRunMode && builder.Configuration["AppHost:DashboardApiKey"] is { } dashboardKey)
{
    var flows = builder.AddProject<Projects.Flows>("flows")
        .WithEnvironment("Dashboard__Url", () => builder.Configuration["ASPNETCORE_URLS"] ?? "")
        .WithEnvironment("Dashboard__ApiKey", dashboardKey)
        .WithEnvironment("Flows__AddressFile", Path.Combine(data, "flows.address"))
        .WithHttpHealthCheck("/health")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Flows");
    flows.WithEnvironment("Flows__PublicUrl", flows.GetEndpoint("http"));
}

bff.WithDoctor(diagnosticsKey, adminSecret, idp, contacts, spa, caep);

builder.Build().Run();
