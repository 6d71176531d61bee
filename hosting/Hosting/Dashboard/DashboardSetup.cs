using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardSetup
{
    /// <summary>Registers the one <see cref="IDashboard"/>.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services.AddSingleton<IDashboard, AspireDashboard>();
}
