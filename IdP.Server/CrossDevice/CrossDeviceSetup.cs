namespace Platform.IdP.CrossDevice;

internal static class CrossDeviceSetup
{
    public static void AddCrossDevice(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AccessViews>();
}
