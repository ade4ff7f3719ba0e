using System.Globalization;
using Plainproof.Bench.Audit;
using Plainproof.Storage;

// Fills a data folder for the measure. `measure` beside this file does the rest with the program itself.
switch (args)
{
    case ["fill", var data, var company, var items]:
        await new ManyItems(DataFolder.Open(data), company).FillAsync(int.Parse(items, CultureInfo.InvariantCulture));
        return 0;
    case ["import", var data, var company, var lines, var rounds, var into]:
        await new RequestImport(DataFolder.Open(data), company).MeasureAsync(int.Parse(lines, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture), into);
        return 0;
    default:
        Console.Error.WriteLine("fill DATA COMPANY ITEMS | import DATA COMPANY LINES ROUNDS FOLDER");
        return 2;
}
