namespace Platform.Bff.Defence;

internal static class DefenceSetup
{
    // After every route of an API, before the pages, whose route takes any path.
    private const int BeforePages = 999;

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
