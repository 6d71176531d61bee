using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Contacts.Authorization;

namespace Platform.Contacts.Contacts;

internal static class ContactsEndpoints
{
    public static RouteGroupBuilder MapContacts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/contacts").WithTags("Contacts").RequireAuthorization(Policies.ReadContacts);
        group.MapGet("/", List);
        return group;
    }

    internal static Ok<AddressBook> List(ClaimsPrincipal user, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(AddressBook.Of(user.Subject));
    }
}
