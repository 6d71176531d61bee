using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;
using Platform.Bff.Tests.Login;
using Platform.Bff.Tests.Logout;
using Platform.Bff.Tests.Session;
using Platform.Bff.Tests.Signals;

namespace Platform.Bff.Tests.Modes;

public sealed class StatefulSessionEndpointsTests(Portal portal) : SessionEndpointsTests(portal), IClassFixture<Portal>;

public sealed class StatelessSessionEndpointsTests(StatelessPortal portal) : SessionEndpointsTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridSessionEndpointsTests(HybridPortal portal) : SessionEndpointsTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulSessionEventsTests(Portal portal) : SessionEventsTests(portal), IClassFixture<Portal>;

public sealed class StatelessSessionEventsTests(StatelessPortal portal) : SessionEventsTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridSessionEventsTests(HybridPortal portal) : SessionEventsTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulLogoutTests(Portal portal) : LogoutTests(portal), IClassFixture<Portal>;

public sealed class StatelessLogoutTests(StatelessPortal portal) : LogoutTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridLogoutTests(HybridPortal portal) : LogoutTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulBackchannelLogoutTests(Portal portal) : BackchannelLogoutTests(portal), IClassFixture<Portal>;

public sealed class StatelessBackchannelLogoutTests(StatelessPortal portal) : BackchannelLogoutTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridBackchannelLogoutTests(HybridPortal portal) : BackchannelLogoutTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulFrontchannelLogoutTests(Portal portal) : FrontchannelLogoutTests(portal), IClassFixture<Portal>;

public sealed class StatelessFrontchannelLogoutTests(StatelessPortal portal) : FrontchannelLogoutTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridFrontchannelLogoutTests(HybridPortal portal) : FrontchannelLogoutTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulRefreshTokenRevocationTests(Portal portal) : RefreshTokenRevocationTests(portal), IClassFixture<Portal>;

public sealed class StatelessRefreshTokenRevocationTests(StatelessPortal portal) : RefreshTokenRevocationTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridRefreshTokenRevocationTests(HybridPortal portal) : RefreshTokenRevocationTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulSignInTests(Portal portal) : SignInTests(portal), IClassFixture<Portal>;

public sealed class StatelessSignInTests(StatelessPortal portal) : SignInTests(portal), IClassFixture<StatelessPortal>;

public sealed class HybridSignInTests(HybridPortal portal) : SignInTests(portal), IClassFixture<HybridPortal>;


public sealed class StatefulRefreshTests(RefreshingPortal portal) : RefreshTests(portal), IClassFixture<RefreshingPortal>;

public sealed class StatelessRefreshTests(StatelessRefreshingPortal portal) : RefreshTests(portal), IClassFixture<StatelessRefreshingPortal>;

public sealed class HybridRefreshTests(HybridRefreshingPortal portal) : RefreshTests(portal), IClassFixture<HybridRefreshingPortal>;


public sealed class StatefulDemandTests(RefreshingPortal portal) : DemandTests(portal), IClassFixture<RefreshingPortal>;

public sealed class StatelessDemandTests(StatelessRefreshingPortal portal) : DemandTests(portal), IClassFixture<StatelessRefreshingPortal>;

public sealed class HybridDemandTests(HybridRefreshingPortal portal) : DemandTests(portal), IClassFixture<HybridRefreshingPortal>;


public sealed class StatefulSilenceTests(SilentPortal portal) : SilenceTests(portal), IClassFixture<SilentPortal>;

public sealed class StatelessSilenceTests(StatelessSilentPortal portal) : SilenceTests(portal), IClassFixture<StatelessSilentPortal>;

public sealed class HybridSilenceTests(HybridSilentPortal portal) : SilenceTests(portal), IClassFixture<HybridSilentPortal>;
