namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>How a call ended, in gRPC's numbers.</summary>
internal readonly record struct GrpcStatus(int Code, string? Message = null)
{
    public static readonly GrpcStatus Ok = new(0);

    public static GrpcStatus Cancelled => new(1);

    public static GrpcStatus InvalidArgument(string message) => new(3, message);

    public static GrpcStatus NotFound(string message) => new(5, message);

    public static GrpcStatus Unimplemented(string message) => new(12, message);

    public static GrpcStatus Internal => new(13, "The application failed to answer; its log says why.");

    public static GrpcStatus Unauthenticated => new(16, "The API key is missing or wrong.");
}
