using Microsoft.Extensions.Configuration;
using Platform.IdP.Configuration;

namespace Platform.IdP.Tests.Configuration;

public sealed class WatchedFileTests : IDisposable
{
    private static readonly DateTime Once = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _path = Path.GetTempFileName();
    private readonly WatchedFile _file;

    public WatchedFileTests()
    {
        Write("first", Once);
        _file = new WatchedFile(new ConfigurationFile(_path, new ConfigurationBuilder().Build()), () => "");
    }

    [Fact]
    public void A_file_that_stays_as_it_was_is_never_due()
    {
        Assert.False(_file.IsDue());
        Assert.False(_file.IsDue());
    }

    [Fact]
    public void A_change_is_due_once_and_not_before_nobody_writes_any_more()
    {
        Write("half", Once.AddSeconds(1));
        Assert.False(_file.IsDue());
        Write("half and the rest", Once.AddSeconds(2));
        Assert.False(_file.IsDue());

        Assert.True(_file.IsDue());
        Assert.False(_file.IsDue());
    }

    [Fact]
    public void A_change_of_the_same_length_or_of_the_same_second_is_one()
    {
        Write("other", Once.AddSeconds(1));
        Assert.False(_file.IsDue());
        Assert.True(_file.IsDue());

        Write("longer", Once.AddSeconds(1));
        Assert.False(_file.IsDue());
        Assert.True(_file.IsDue());
    }

    [Fact]
    public void A_file_that_was_put_back_as_it_was_is_not_due()
    {
        Write("half", Once.AddSeconds(1));
        Assert.False(_file.IsDue());
        Write("first", Once);

        Assert.False(_file.IsDue());
        Assert.False(_file.IsDue());
    }

    [Fact]
    public void A_file_that_is_gone_is_due()
    {
        File.Delete(_path);

        Assert.False(_file.IsDue());
        Assert.True(_file.IsDue());
    }

    public void Dispose() => File.Delete(_path);

    private void Write(string text, DateTime time)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, time);
    }
}
