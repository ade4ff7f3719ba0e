using Microsoft.AspNetCore.Components;
using Plainproof.Features.People;
using Plainproof.Features.People.Pages;

namespace Plainproof.Features.Systems.Pages;

/// <summary>A page about the systems of one company.</summary>
public abstract class SystemPage : FormPage
{
    /// <summary>As the address has it; who may enter was decided before.</summary>
    [Parameter]
    public string Company { get; set; } = "";

    [Inject]
    internal CurrentCompany Current { get; set; } = null!;

    [Inject]
    internal CurrentPerson Me { get; set; } = null!;

    [Inject]
    internal ConnectedSystems Systems { get; set; } = null!;

    [Inject]
    internal Readings Readings { get; set; } = null!;

    protected string Home => $"/c/{Current.Name}/sources";

    protected CancellationToken Gone => Context.RequestAborted;
}
