using System.Xml.Linq;
using Platform.IdP.Grants;
using Platform.Testing;

namespace Platform.IdP.Tests.Grants;

public sealed class RedisXmlRepositoryTests(RedisXmlRepositoryTests.Fixture fixture) : IClassFixture<RedisXmlRepositoryTests.Fixture>
{
    [Fact]
    public void Of_two_processes_that_both_found_no_key_the_first_one_wins()
    {
        var first = new RedisXmlRepository(fixture.Redis.Connection);
        var second = new RedisXmlRepository(fixture.Redis.Connection);
        Assert.Empty(first.GetAllElements());
        Assert.Empty(second.GetAllElements());

        first.StoreElement(new XElement("key", "first"), "first");
        second.StoreElement(new XElement("key", "second"), "second");

        Assert.Equal("first", Assert.Single(second.GetAllElements()).Value);
        second.StoreElement(new XElement("key", "third"), "third");
        Assert.Equal(["first", "third"], first.GetAllElements().Select(element => element.Value));
    }

    public sealed class Fixture : IDisposable
    {
        public RedisServer Redis { get; } = new();

        public void Dispose() => Redis.Dispose();
    }
}
