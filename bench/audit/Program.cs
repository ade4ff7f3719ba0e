using System.Globalization;
using Plainproof.Bench.Audit;
using Plainproof.Storage;

// Fills a data folder for the measure. `measure` beside this file does the rest with the program itself.
switch (args)
{
    case ["fill", var data, var company, var items]:
        await new ManyItems(DataFolder.Open(data), company).FillAsync(int.Parse(items, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("fill DATA COMPANY ITEMS");
        return 2;
}
