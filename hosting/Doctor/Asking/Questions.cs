using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Asking;

/// <summary>Asks over HTTP: one answer to every question, also when there is none. Every answer says what time it is there.</summary>
internal sealed class Questions(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ClockReading> _clocks = new();

    public IReadOnlyList<ClockReading> Clocks => [.. _clocks.Values.OrderBy(reading => reading.Service, StringComparer.Ordinal)];

    /// <param name="service">Who is asked, in the words of the report.</param>
    /// <param name="read">What the body means.</param>
    /// <param name="explain">What a refusal by this status means; null where nobody knows.</param>
    /// <param name="none">The answer that a 404 is; null where it is none.</param>
    public async Task<Answer<T>> AskAsync<T>(
        string service, HttpRequestMessage question, Func<byte[], T> read, Func<HttpStatusCode, (string Cause, string Fix)?> explain,
        CancellationToken cancellationToken, T? none = null)
        where T : class
    {
        if (!MayCarry(question))
        {
            return new Answer<T>.Silent(
                $"{service} was not asked at {question.RequestUri!.GetLeftPart(UriPartial.Authority)}: the address is not https.",
                "Secrets leave this machine by https alone.", "Give the https address.");
        }

        var address = question.RequestUri!.GetLeftPart(UriPartial.Path);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.SendAsync(question, either.Token);
            if (answer.Headers.Date is { } date)
            {
                _clocks.TryAdd(service, ReadingOf(service, date));
            }

            if (answer.StatusCode is HttpStatusCode.NotFound && none is not null)
            {
                return new Answer<T>.Given(none);
            }

            if (!answer.IsSuccessStatusCode)
            {
                var (cause, fix) = explain(answer.StatusCode) ??
                    ("The log of the service has the reason.", $"Look there for {answer.RequestMessage!.RequestUri!.AbsolutePath}.");
                return new Answer<T>.Silent($"{service} answered {(int)answer.StatusCode} at {address}.", cause, fix);
            }

            return new Answer<T>.Given(read(await answer.Content.ReadAsByteArrayAsync(either.Token)));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Away<T>(service, address, $"it took longer than {Patience.TotalSeconds} seconds");
        }
        catch (Exception away) when (away is HttpRequestException or IOException or SocketException)
        {
            // HttpClient lets a SocketException through when the connection ends as it begins.
            return Away<T>(service, address, away.GetBaseException().Message);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return new Answer<T>.Silent(
                $"{service} answered something else than expected at {address}: {unreadable.Message}",
                "Another server listens there, or its version is another one than the doctor's.",
                "Check the address, and build services and doctor from the same sources.");
        }
    }

    /// <summary>What a service says of its clock itself, which goes before a header.</summary>
    public void Note(string service, DateTimeOffset now) => _clocks[service] = ReadingOf(service, now);

    private ClockReading ReadingOf(string service, DateTimeOffset theirs) => new(service, theirs - clock.GetUtcNow());

    private static bool MayCarry(HttpRequestMessage question) =>
        question.RequestUri is { } address && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || !question.Headers.Any());

    private static Answer<T>.Silent Away<T>(string service, string address, string reason) => new(
        $"{service} does not answer at {address}: {reason}.",
        "It does not run, or not there; or its certificate is not trusted here.",
        "Start it (./platform run), or give its address (--portal, --idp, --service); `dotnet dev-certs https --trust` for the certificate.");
}
