using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Flows.Drawing;
using Platform.Flows.Model;
using Platform.Flows.Telemetry;

namespace Platform.Flows.Pages;

/// <summary>The list, and each flow: as a page, a picture, text and JSON.</summary>
internal sealed class FlowEndpoints(FlowBook flows, FeedState feed, IOptions<DashboardOptions> dashboard)
{
    private const string TextType = "text/plain; charset=utf-8";

    private string Dashboard => dashboard.Value.Address?.GetLeftPart(UriPartial.Authority) ?? "";

    public static void Map(WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<FlowEndpoints>();
        app.MapGet("/", endpoints.List);
        app.MapGet("/flows.txt", endpoints.ListText);
        app.MapGet("/flows.json", endpoints.ListJson);
        app.MapGet("/flows/{id:length(32)}", endpoints.Show);
        app.MapGet("/flows/{id:length(32)}.svg", endpoints.Svg);
        app.MapGet("/flows/{id:length(32)}.txt", endpoints.Text);
        app.MapGet("/flows/{id:length(32)}.json", endpoints.Json);

        // Where the dashboard's trace page has its counterpart.
        app.MapGet("/traces/{id:length(32)}", (string id) => TypedResults.Redirect($"/flows/{id}"));
    }

    private RazorComponentResult<FlowListPage> List(HttpContext http)
    {
        var query = FlowQuery.Of(http.Request.Query);
        var view = new FlowListView(query.Choose(flows.All()), query, Dashboard, flows.Version, feed.Problem);
        return new(new Dictionary<string, object?> { [nameof(FlowListPage.View)] = view });
    }

    private ContentHttpResult ListText(HttpContext http) => TypedResults.Text(
        string.Concat(FlowQuery.Of(http.Request.Query).Choose(flows.All()).Reverse().Select(flow => TextDiagram.Line(flow) + "\n")), TextType);

    private JsonHttpResult<IReadOnlyList<Flow>> ListJson(HttpContext http) =>
        TypedResults.Json(FlowQuery.Of(http.Request.Query).Choose(flows.All()), FlowJson.Options);

    private IResult Show(string id) => flows.Find(id) is { } flow
        ? new RazorComponentResult<FlowPage>(new Dictionary<string, object?>
        {
            [nameof(FlowPage.Flow)] = flow,
            [nameof(FlowPage.Dashboard)] = Dashboard,
            [nameof(FlowPage.Version)] = flows.Version,
        })
        : new RazorComponentResult<UnknownPage>(new Dictionary<string, object?> { [nameof(UnknownPage.Dashboard)] = Dashboard })
        {
            StatusCode = StatusCodes.Status404NotFound,
        };

    private IResult Svg(string id) => Answer(id, flow => TypedResults.Text(SvgDiagram.Draw(flow, isLinked: false), "image/svg+xml"));

    private IResult Text(string id) => Answer(id, flow => TypedResults.Text(TextDiagram.Draw(flow), TextType));

    private IResult Json(string id) => Answer(id, flow => TypedResults.Json(flow, FlowJson.Options));

    private IResult Answer(string id, Func<Flow, IResult> answer) =>
        flows.Find(id) is { } flow ? answer(flow) : TypedResults.Text("There is no flow of this trace.\n", TextType, statusCode: StatusCodes.Status404NotFound);
}
