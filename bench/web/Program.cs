using System.Globalization;
using Plainproof.Bench.Web;
using Plainproof.Storage;

// The parts of the measure, each a command of its own. `measure` beside this file puts them together.
switch (args)
{
    case ["fill", var data, var company, var accounts, var days]:
        await new YearOfACompany(DataFolder.Open(data), company, Number(accounts)).FillAsync(Number(days));
        return 0;
    case ["companies", var data, var count]:
        await ManyCompanies.AddAsync(DataFolder.Open(data), Number(count));
        return 0;
    case ["join", var link]:
        Console.WriteLine(await FirstOwner.JoinAsync(new Uri(link)));
        return 0;
    case ["peer", var data, var address]:
        await PeerSite.RunAsync(DataFolder.Open(data), new Uri(address));
        return 0;
    case ["load", var address, var cookie, var rate, var seconds, .. var paths] when paths.Length > 0:
        Console.WriteLine(await new Load(new Uri(address), cookie).RunAsync(Number(rate), TimeSpan.FromSeconds(Number(seconds)), paths));
        return 0;
    default:
        Console.Error.WriteLine("fill DATA COMPANY ACCOUNTS DAYS | companies DATA COUNT | join LINK | peer DATA URL | load URL COOKIE RATE SECONDS PATH...");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
