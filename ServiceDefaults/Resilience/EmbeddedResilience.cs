#if !ASPIRE
using System.Net;
using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// The member of <c>Microsoft.Extensions.Http.Resilience</c> that the service defaults use, for the embedded engine:
/// a retry of what may be sent twice, each attempt and the whole limited in time.
/// With <c>HostingEngine=Aspire</c> the package itself takes its place.
/// </summary>
internal static class EmbeddedResilience
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(30);

    public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder http) =>
        http.AddHttpMessageHandler(services => new Handler(Build(services.GetService<TimeProvider>())));

    private static ResiliencePipeline<HttpResponseMessage> Build(TimeProvider? clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddTimeout(TotalTimeout)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    MayBeSentTwice(attempt.Context) && IsTransient(attempt.Outcome)),
            })
            .AddTimeout(AttemptTimeout)
            .Build();

    // Only what RFC 9110 section 9.2.2 calls idempotent and has no body to send again.
    private static bool MayBeSentTwice(ResilienceContext context) =>
        context.Properties.TryGetValue(Handler.Request, out var request) && request.Content is null &&
        (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options);

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or Polly.Timeout.TimeoutRejectedException } => true,
        {
            Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
        } => true,
        _ => false,
    };

    private sealed class Handler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
    {
        public static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("http.request");

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var context = ResilienceContextPool.Shared.Get(cancellationToken);
            context.Properties.Set(Request, request);
            try
            {
                return await pipeline.ExecuteAsync(
                    async (attempt, message) => await base.SendAsync(message, attempt.CancellationToken),
                    context, request);
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
            }
        }
    }
}
#endif
