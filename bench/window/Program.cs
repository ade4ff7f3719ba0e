using System.Globalization;
using Plainproof.Bench.Log;
using Plainproof.Bench.Window;
using Plainproof.Storage;

// The parts of the measure, each a command of its own. `measure` beside this file puts them together.
const int Hour = 2;
var clock = new SteppedClock { Now = DateTimeOffset.UtcNow.AddDays(-1).Date.AddHours(Hour) }; // The last night that is over: never ahead of the real clock.
switch (args)
{
    case ["live", var path, var company, var people, var signIns, var days]:
        await LiveAsync(DataFolder.Open(path), company, new OfficeSize(Number(people), Number(signIns)), Number(days));
        return 0;
    case ["days", var path, var company, var young, var days, var rounds]:
        await DaysAsync(DataFolder.Open(path), company, young, Number(days), Number(rounds));
        return 0;
    case ["again", var path, var company, var days, var rounds]:
        await AgainAsync(DataFolder.Open(path), company, Number(days), Number(rounds));
        return 0;
    case ["nights", var path, var companies, var people, var signIns, var rounds]:
        await NightsAsync(DataFolder.Open(path), Number(companies), new OfficeSize(Number(people), Number(signIns)), Number(rounds));
        return 0;
    default:
        Console.Error.WriteLine("live DATA COMPANY PEOPLE SIGNINS DAYS | days DATA COMPANY YOUNG DAYS ROUNDS | again DATA COMPANY DAYS ROUNDS | nights DATA COMPANIES PEOPLE SIGNINS ROUNDS");
        return 2;
}

// Prints the megabytes that are stored besides raw evidence, those of raw evidence, results and facts of the last night, and the megabytes of
// values and log entries alone.
async Task LiveAsync(DataFolder data, string company, OfficeSize size, int days)
{
    var last = clock.Now;
    clock.Now = last.AddDays(1 - days);
    var lived = LivedCompany.Begin(data, company, clock, size, seed: 17);
    var run = await lived.NightAsync();
    while (clock.Now < last)
    {
        clock.Now = clock.Now.AddDays(1);
        lived.Step();
        run = await lived.NightAsync();
    }

    var (store, raw) = lived.Bytes();
    Print(store / 1e6, raw / 1e6, run.Readiness.Evaluations.Sum(evaluation => evaluation.Results.Count), run.Sources.Sum(source => source.Facts), await lived.LeastAsync() / 1e6);
}

async Task DaysAsync(DataFolder data, string company, string young, int days, int rounds)
{
    await using var lived = await CompanyStore.OpenAsync(data, company, clock, default);
    await using var newborn = await CompanyStore.OpenAsync(data, young, clock, default);
    var measured = new PastDays(lived, newborn, OwnRules.Read(data, company), clock.Now);
    for (var i = -3; i < rounds; i++)
    {
        var round = await measured.RoundAsync(Math.Max(1, (i + 4) * (days - 2) / (rounds + 3)));
        if (i >= 0)
            Print(round);
    }
}

async Task AgainAsync(DataFolder data, string company, int days, int rounds)
{
    await using var lived = await CompanyStore.OpenAsync(data, company, clock, default);
    var (again, checks) = (new JudgedAgain(lived, clock.Now, days), OwnRules.Read(data, company));
    await again.ProveAsync(checks);
    for (var i = -1; i < rounds; i++)
    {
        var (all, one, loop) = await again.RoundAsync(checks);
        if (i >= 0)
            Print(all, one, loop);
    }
}

async Task NightsAsync(DataFolder data, int companies, OfficeSize size, int rounds)
{
    clock.Now = clock.Now.AddDays(-rounds - 1);
    var nights = new ManyNights(data, clock, companies, size);
    for (var i = -1; i < rounds; i++) // The first night makes the databases and compiles the program.
    {
        var rate = await nights.NightAsync();
        var floor = await Floors.FsyncsAsync(data.Path);
        if (i >= 0)
            Print(rate, floor);
    }
}

static void Print(params double[] numbers) => Console.WriteLine(string.Join(' ', numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture))));

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
