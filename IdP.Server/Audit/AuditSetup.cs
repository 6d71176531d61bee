namespace Platform.IdP.Audit;

internal static class AuditSetup
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<AuditedAccounts>();
        builder.Services.AddSingleton(services => new CredentialChangeListener((change, _) =>
        {
            services.GetRequiredService<AuditLog>().CredentialChanged(change.Subject, change.CredentialType, change.ChangeType);
            return Task.CompletedTask;
        }));
    }
}
