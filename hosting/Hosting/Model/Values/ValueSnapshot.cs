namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set once and can be waited for.</summary>
public sealed class ValueSnapshot<T>
{
    private readonly TaskCompletionSource<T> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsValueSet => _value.Task.IsCompletedSuccessfully;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => _value.Task.WaitAsync(cancellationToken);

    public void SetValue(T value) => _value.TrySetResult(value);

    public void SetException(Exception exception) => _value.TrySetException(exception);
}
