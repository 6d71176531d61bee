using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.ServiceDefaults.Proxies;

namespace Platform.Bff.Defence;

internal static class DefenceSetup
{
    // After every route of an API, before the pages, whose route takes any path.
    private const int BeforePages = 999;

    public static void AddDefence(this WebApplicationBuilder builder)
    {
        builder.AddTrustedProxies(BffOptions.Section);
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>(
            (kestrel, limits) => kestrel.Limits.MaxRequestBodySize = limits.Value.RequestBody);
        builder.Services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator, EdgeTraceContext>());
    }

    public static void UseDefence(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<RequestDefence>();
    }

    /// <summary>Routes under <paramref name="prefix"/> are for our own scripts unless they say otherwise.</summary>
    public static RouteGroupBuilder MapGuarded(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix).WithMetadata(CallPolicy.Script);

        // Without it an unknown path would be the portal's page, and a typing error in a script a mystery.
        group.MapMethods("{**rest}", [HttpMethods.Get, HttpMethods.Head], () => TypedResults.NotFound()).WithOrder(BeforePages);
        return group;
    }
}
