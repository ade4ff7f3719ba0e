using Microsoft.AspNetCore.Http;
using Plainproof.Cli;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Api;

/// <summary>Refuses what an address asks and the operation does not know: a filter that was misspelled must not give everything.</summary>
internal static class KnownQuery
{
    public static EndpointFilterDelegate Hold(EndpointFilterFactoryContext operation, EndpointFilterDelegate next)
    {
        var parameters = operation.MethodInfo.GetParameters().Where(parameter => IsSimple(parameter.ParameterType)).Select(parameter => parameter.Name!).ToList();
        return call =>
        {
            var request = call.HttpContext.Request;
            var known = parameters.Where(name => !request.RouteValues.ContainsKey(name)).ToList();
            List<string> problems = [.. request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).Select(name => Problem(name, known))];
            return problems.Count == 0 ? next(call) : throw new BadInput(problems);
        };
    }

    private static string Problem(string name, IReadOnlyList<string> known) => known.Count == 0
        ? $"'{name}' is not known: this address takes nothing after a question mark."
        : $"'{name}' is not known here.{(Nearest.To(name, known) is { } near ? $" Did you mean '{near}'?" : $" Known are: {string.Join(", ", known)}.")}";

    private static bool IsSimple(Type type) => type == typeof(string) || (type.IsValueType && type != typeof(CancellationToken));
}
