using Platform.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

var adminSecret = builder.AddParameter("admin-client-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
var protectionSecret = builder.AddParameter("data-protection-secret", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);
var keysSecret = builder.AddParameter("idp-keys-secret", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);
var diagnosticsKey = builder.AddParameter("diagnostics-key", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

// What must outlive a run, and in tests must not.
var data = builder.Configuration["DataFolder"] ?? Path.Combine(builder.AppHostDirectory, ".platform");

var cache = builder.AddRedis("cache").WithPersistence();

var kafka = builder.AddKafka("kafka")
    .WithDataVolume()
    .WithEnvironment("KAFKA_CREATE_TOPICS", "caep.events:6,caep.events.dlt:6");

var idp = builder.AddProject<Projects.IdP_Server>("idp")
    .WithReference(cache).WaitFor(cache)
    .WithReference(kafka).WaitFor(kafka)
    .WithEnvironment("ADMIN_CLIENT_SECRET", adminSecret)
    .WithEnvironment("Keys__Folder", Path.Combine(data, "idp-keys"))
    .WithEnvironment("Keys__Secret", keysSecret)
    .WithEnvironment("DataProtection__Secret", protectionSecret)
    .WithEnvironment("Idp__Credentials__Folder", Path.Combine(data, "idp-credentials"))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");
var issuer = idp.GetEndpoint("https");
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
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("https", url => url.DisplayText = "Portal");
var portal = bff.GetEndpoint("https");
bff.WithEnvironment("Bff__PublicUrl", portal);

// The client's redirect URIs and keys: the IdP must know where the portal is reached, and may go there itself.
idp.WithEnvironment("BFF_HTTPS", portal)
    .WithEnvironment("Idp__Outbound__AllowedHosts__0", "localhost");

var caep = builder.AddProject<Projects.Caep_Consumer>("caep")
    .WithReference(kafka).WaitFor(kafka)
    .WithReference(cache).WaitFor(cache)
    .WithReference(idp).WaitFor(idp)
    .WithEnvironment("Oidc__Issuer", issuer)
    .WithEnvironment("Kafka__GroupInstanceId", "caep-1") // a static member: its partitions come back with it
    .WithHttpHealthCheck("/health");

bff.WithDoctor(diagnosticsKey, adminSecret, idp, contacts, spa, caep);

builder.Build().Run();
