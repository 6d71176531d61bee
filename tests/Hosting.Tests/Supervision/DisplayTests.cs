using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>What the AppHost says about how a resource is shown.</summary>
public sealed class DisplayTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Addresses_are_added_named_hidden_and_rewritten()
    {
        await using var application = new Application();
        var other = application.AddShell("other", "exec sleep 1000").WithHttpEndpoint(name: "api");
        application.AddShell("tool", "exec sleep 1000")
            .WithHttpEndpoint(name: "web").WithHttpEndpoint(name: "admin")
            .WithUrl("https://docs.example", "Docs")
            .WithUrl($"{other.GetEndpoint("api")}/swagger", "Their API")
            .WithUrlForEndpoint("web", url => (url.Url, url.DisplayText, url.DisplayOrder) = ("/home", "Home", 1))
            .WithUrlForEndpoint("web", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/health", DisplayText = "Health" })
            .WithUrls(context => context.Urls.Single(url => url.Endpoint?.EndpointName == "admin").DisplayLocation = UrlDisplayLocation.DetailsOnly);

        await application.StartAsync();

        var web = application.AddressOf("tool", "web");
        var urls = application.StateOf("tool").Snapshot.Urls;
        Assert.Equal(
            [
                ($"{web}/home", "Home"), (application.AddressOf("tool", "admin"), ""), ("https://docs.example", "Docs"),
                ($"{application.AddressOf("other", "api")}/swagger", "Their API"), ($"{web}/health", "Health")
            ],
            urls.Select(url => (url.Url, url.DisplayProperties.DisplayName)));
        Assert.Equal(["admin"], urls.Where(url => url.IsInternal).Select(url => url.Name));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_parent_and_an_icon_are_part_of_the_state()
    {
        await using var application = new Application();
        var parent = application.AddShell("parent", "exec sleep 1000");
        application.AddShell("child", "exec sleep 1000").WithParentRelationship(parent).WithIconName("Beaker", IconVariant.Regular);

        await application.StartAsync();

        var child = application.StateOf("child").Snapshot;
        Assert.Equal([new RelationshipSnapshot("parent", "Parent")], child.Relationships);
        Assert.Equal(("Beaker", IconVariant.Regular), (child.IconName, child.IconVariant));
    }
}
