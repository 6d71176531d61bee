using System.Globalization;
using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>What both sides depend on.</summary>
internal static class SurroundingsChecks
{
    private const string Group = "Surroundings";
    private const string Topic = "caep.events";
    private const string DeadLetters = "caep.events.dlt";

    /// <summary>As much as the BFF, and the checks of proofs and assertions at the IdP, put up with.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>A consumer speaks every 2 seconds while it is ready.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    public static readonly Check[] All =
    [
        new("clocks", Group, "The clocks of the services agree", file => Clocks(file.Clocks)),
        Check.Of("bff-dependencies", Group, "All is well with Redis and all else that the BFF needs", file => file.Bff, BffDependencies),
        Check.Of("idp-dependencies", Group, "All is well with Redis and all else that the IdP needs", file => file.Idp, IdpDependencies),
        Check.Of("kafka", Group, "The IdP reaches Kafka", file => file.Idp, Kafka),
        Check.Of("topics", Group, "The topics for security events are there", file => file.Idp, Topics),
        Check.Of("consumer", Group, "Somebody applies security events", file => file.Bff, Consumer),
        new("services", Group, "Every service is healthy", file => Services(file.Services)),
    ];

    public static IEnumerable<Finding> Clocks(IReadOnlyList<ClockReading> clocks)
    {
        if (clocks is not [_, _, ..])
            yield break;

        var (first, last) = (clocks.MaxBy(clock => clock.Ahead)!, clocks.MinBy(clock => clock.Ahead)!);
        var apart = first.Ahead - last.Ahead;
        if (apart > ClockSkew)
            yield return new Finding(
                Severity.Mismatch, "clocks",
                string.Create(CultureInfo.InvariantCulture, $"The clock of {first.Service} is {apart.TotalSeconds:0} s ahead of that of {last.Service}."),
                "Assertions, proofs and ID tokens carry times: they are refused as expired or as not valid yet (invalid_client, invalid_dpop_proof).",
                "Let both machines keep time (NTP).", "RFC 7523 section 3, RFC 9449 section 4.3");
    }

    public static IEnumerable<Finding> BffDependencies(BffView bff) => Dependencies("bff-dependencies", "the BFF", bff.Checks
        .Where(check => check.Name is not ("security-events" or "registration"))); // which have checks of their own

    public static IEnumerable<Finding> IdpDependencies(IdpView idp) => Dependencies("idp-dependencies", "the IdP", idp.Checks);

    public static IEnumerable<Finding> Kafka(IdpView idp)
    {
        if (idp.Kafka.Fault is { } fault)
            yield return new Finding(
                Severity.Mismatch, "kafka", $"No broker answers the IdP at {idp.Kafka.BootstrapServers}: {fault}",
                "Security events wait at the IdP, and a revocation reaches nobody through Kafka. A consumer with the same address says " +
                "\"Unable to bootstrap from ('localhost', 9092)\" or the like: often the address is the default, and Kafka is elsewhere.",
                "Start Kafka; set ConnectionStrings__kafka (KAFKA_BOOTSTRAP_SERVERS) of the IdP and of the consumer to its address.");
    }

    public static IEnumerable<Finding> Topics(IdpView idp)
    {
        if (idp.Kafka.Fault is not null)
        {
            yield return new Finding(Severity.NotChecked, "topics", "Kafka does not answer the IdP.", null, null);
            yield break;
        }

        foreach (var missing in new[] { Topic, DeadLetters }.Except(idp.Kafka.Topics.Select(topic => topic.Name)))
            yield return new Finding(
                Severity.Mismatch, "topics", $"Kafka has no topic {missing}.",
                missing == Topic
                    ? "There is nowhere to write security events to."
                    : "The consumer has nowhere to put what it must refuse, and stops at it.",
                $"Create it with 6 partitions (KAFKA_CREATE_TOPICS, kafka-topics.sh --create --topic {missing} --partitions 6); the IdP does " +
                "so with its first event where it may.");
    }

    public static IEnumerable<Finding> Consumer(BffView bff)
    {
        var events = bff.Events;
        var silence = bff.Now - events.AppliedUntil;
        if (events.Silent || (events.Required && silence is null) || silence > LongestSilence)
            yield return new Finding(
                Severity.Mismatch, "consumer",
                events.AppliedUntil is { } last
                    ? string.Create(CultureInfo.InvariantCulture, $"Nobody has applied security events since {last:u}.")
                    : "Nobody ever said that security events are applied.",
                "Caep.Consumer does not run, is not ready (Kafka, the keys of the issuer), or uses another Redis than the BFF. Revoked " +
                "sessions live on until their provider is asked.",
                "Start Caep.Consumer; its /health and log say what it lacks. ConnectionStrings__cache (REDIS_URL) must be the BFF's, " +
                "ConnectionStrings__kafka (KAFKA_BOOTSTRAP_SERVERS) the IdP's.");
        else if (silence is null)
            yield return new Finding(
                Severity.Note, "consumer", "Nobody ever said that security events are applied, and the BFF does not insist (Bff:Events:Required).",
                "A revocation reaches sessions by back-channel logout alone.", "Start Caep.Consumer, and set Bff:Events:Required.");
    }

    public static IEnumerable<Finding> Services(IReadOnlyList<ServiceHealth> services) =>
        from service in services
        where service.Fault is not null
        select new Finding(
            Severity.Mismatch, "services", service.Fault!, $"{service.Name} is not ready: it is away, or something that it needs.",
            $"Start it; its log says what it lacks ({service.Address}).");

    private static IEnumerable<Finding> Dependencies(string check, string service, IEnumerable<DependencyView> dependencies) =>
        from dependency in dependencies
        where dependency.Status != "Healthy"
        select new Finding(
            Severity.Mismatch, check, $"The check '{dependency.Name}' of {service} is {dependency.Status}: {dependency.Reason ?? "no reason"}.",
            dependency.Name.StartsWith("redis", StringComparison.Ordinal)
                ? "Sign-ins in flight (pkce:{state}), sessions and what was spent are in Redis: nobody can sign in, and those who are signed in get 503."
                : "Part of the service cannot be used.",
            dependency.Name.StartsWith("redis", StringComparison.Ordinal)
                ? "Start Redis; set ConnectionStrings__cache (REDIS_URL) to its address."
                : $"The log of {service} says more.");
}
