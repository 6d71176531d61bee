using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Audit;

/// <summary>With the audit log listened to.</summary>
public sealed class AuditServer : TokenServer
{
    public AuditServer()
    {
        Settings["Logging:LogLevel:Platform.IdP.Audit"] = "Information";
        LoggerProvider = Record = new AuditRecord();
    }

    internal AuditRecord Record { get; }
}
