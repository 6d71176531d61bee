using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Platform.Caep.Tests.Fixtures;

namespace Platform.Caep.Tests.Configuration;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Oidc:Issuer", "", "Oidc:Issuer is not set: give the issuer whose security events end sessions (OIDC_ISSUER).")]
    [InlineData("Oidc:EventAudience", "", "Oidc:EventAudience is empty: give the aud of the events that are meant for this service.")]
    [InlineData("Oidc:ClockSkew", "00:20:00", "Oidc:ClockSkew must lie between 00:00:00 and 00:10:00.")]
    [InlineData("Kafka:Topic", "", "Kafka:Topic is empty: give the topic of the events.")]
    [InlineData("Kafka:DeadLetterTopic", "", "Kafka:DeadLetterTopic is empty: give the topic for events that can never be applied.")]
    [InlineData("Kafka:GroupId", "", "Kafka:GroupId is empty: give the consumer group.")]
    [InlineData("Kafka:Partitions", "0", "Kafka:Partitions must lie between 1 and 1000.")]
    [InlineData("Kafka:SessionTimeout", "00:00:01", "Kafka:SessionTimeout must lie between 00:00:04 and 00:30:00.")]
    [InlineData("Kafka:FetchWait", "00:00:00", "Kafka:FetchWait must lie between 00:00:00.001 and 00:01:00.")]
    [InlineData("Kafka:Lanes", "0", "Kafka:Lanes must lie between 1 and 1024.")]
    [InlineData("Kafka:LaneCapacity", "0", "Kafka:LaneCapacity must lie between 1 and 100000.")]
    [InlineData("Kafka:DrainTimeout", "01:00:00", "Kafka:DrainTimeout must lie between 00:00:00 and 00:01:00.")]
    [InlineData("Signals:LongestEventAge", "00:00:00", "Signals:LongestEventAge must lie between 00:00:01 and 1.00:00:00.")]
    [InlineData("Signals:LongestWaitForKeys", "00:00:00", "Signals:LongestWaitForKeys must lie between 00:00:01 and 01:00:00.")]
    [InlineData("Signals:RecentEvents", "0", "Signals:RecentEvents must lie between 1 and 10000.")]
    [InlineData("Policy:File", "", "Policy:File is empty: give the file that says what events do.")]
    [InlineData("Policy:LookEvery", "00:00:00", "Policy:LookEvery must lie between 00:00:00.1 and 01:00:00.")]
    [InlineData("Push:LargestEvent", "100", "Push:LargestEvent must lie between 1024 and 900000 bytes.")]
    [InlineData("Push:LargestEvent", "1000000", "Push:LargestEvent must lie between 1024 and 900000 bytes.")]
    [InlineData("Push:PerMinute", "0", "Push:PerMinute must lie between 1 and 1000000.")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence_that_names_it(string setting, string value, string sentence)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ConsumerService.StartAsync(
            "localhost:1", "localhost:1,connectTimeout=1", "https://idp.test",
            builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value })));

        Assert.Contains(sentence, failure.Message);
    }
}
