using System.Net;

namespace Platform.IdP.Audit;

/// <summary>
/// What happened that matters to security, in a category of its own, so that it can be kept elsewhere and for longer than
/// other logs. Events keep their numbers; none holds a secret or what somebody typed.
/// </summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, IHttpContextAccessor requests)
{
    public const string Category = "Platform.IdP.Audit";

    // The generated methods log here.
    private readonly ILogger _logger = loggers.CreateLogger(Category);

    // Null where no request is behind it.
    private IPAddress? Address => requests.HttpContext?.Connection.RemoteIpAddress;

    private static string List(IEnumerable<string>? texts) => string.Join(' ', texts ?? []);
}
