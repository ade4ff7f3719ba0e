using Microsoft.AspNetCore.Components;
using Plainproof.Features.People;
using Plainproof.Features.People.Pages;

namespace Plainproof.Features.Standing;

/// <summary>A page inside a company. Where the company stands, and what the page looks up, is there before it is rendered.</summary>
public abstract class WorkspacePage : FormPage
{
    private bool _looked;

    [Parameter]
    public string Company { get; set; } = "";

    [Inject]
    internal CurrentCompany Current { get; set; } = null!;

    [Inject]
    internal CurrentPerson Me { get; set; } = null!;

    [Inject]
    internal Standings Standings { get; set; } = null!;

    internal CompanyStanding Now { get; private set; } = null!;

    internal string Here => $"/c/{Current.Name}";

    internal CancellationToken Stop => Context.RequestAborted;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_looked)
        {
            Now = await Standings.OfAsync(Current.Name);
            await LookAsync();
            _looked = true;
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Looks up what the page shows; asked once, before the first rendering, and by whoever changed something.</summary>
    protected virtual Task LookAsync() => Task.CompletedTask;
}
