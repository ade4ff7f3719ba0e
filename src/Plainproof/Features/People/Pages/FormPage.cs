using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plainproof.Cli;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.Pages;

/// <summary>A page with forms: what was typed stays when something is wrong, and what is wrong is said in words.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    internal HttpContext Context { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    internal IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>What was typed into a field of the form that was sent; empty when none was.</summary>
    protected string Typed(string field) => HttpMethods.IsPost(Context.Request.Method) && Context.Request.HasFormContentType ? Context.Request.Form[field].ToString() : "";

    /// <summary>Whether this form is the one that was sent.</summary>
    protected bool IsSent(string form) => Typed("_handler") == form;

    /// <summary>What was typed into a field of a form that was refused, or what is stored.</summary>
    protected string? Field(string form, string name, string? stored) => IsSent(form) ? Typed(name) : stored;

    /// <summary>The mark that makes a form count once. A refused form keeps its own.</summary>
    protected string Once(string form) => IsSent(form) ? Typed("once") : Guid.CreateVersion7().ToString("D");

    /// <summary>A day as the browser's own field for days takes it.</summary>
    protected static string? DayText(DateOnly? day) => Words.Day(day);

    /// <summary>Does what a form asks for, and tells what is wrong with it.</summary>
    protected async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (BadInput bad)
        {
            return Refuse([.. bad.Problems]);
        }
        catch (StaleRecord stale)
        {
            return Refuse(stale.Message);
        }
        catch (DataProblem problem)
        {
            return Refuse(problem.What, problem.Why, problem.Mend);
        }
    }

    protected bool Refuse(params string[] problems)
    {
        Problems = problems;
        return false;
    }

    /// <summary>Looks at the page anew, so that loading it again sends nothing twice.</summary>
    protected void Show(string path) => Navigation.NavigateTo(path);
}
