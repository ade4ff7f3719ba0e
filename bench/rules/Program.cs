using System.Globalization;
using Plainproof.Bench.Rules;
using Plainproof.Checks;

// 120 rules x 10,000 facts judged from a snapshot in memory: the product's evaluator, a typed loop written by hand, and the same
// rules over JsonElement, in turn. One line a measure: name  ours  peer  ratio  unit  (runs, spread)
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
var asOf = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
var accounts = new Accounts(10_000, asOf);
var (ours, typed, json) = (new Ours(accounts, asOf), new TypedLoop(accounts, asOf), new JsonLoop(accounts, asOf));

// Before anything is timed all three must agree, rule by rule.
var wanted = Counts(ours.Run());
if (wanted.Split('\n').Length != 120 || Counts(typed.Run()) != wanted || Counts(json.Run()) != wanted)
    throw new InvalidOperationException("The three do not judge alike, so their times cannot be compared.");

var times = new List<(double Ours, double Typed, double Json)>();
for (var i = -4; i < rounds; i++)
{
    var round = (Timed(ours.Run), Timed(typed.Run), Timed(json.Run));
    if (i >= 0)
        times.Add(round);
}

Report("evaluator to typed loop", times.ConvertAll(time => time.Typed), "M results/s, times slower", (ours, peer) => ours / peer);
Report("evaluator to JsonElement", times.ConvertAll(time => time.Json), "M results/s, times faster", (ours, peer) => peer / ours);

void Report(string name, List<double> peers, string unit, Func<double, double, double> ratio)
{
    var ratios = times.Zip(peers, (time, peer) => ratio(time.Ours, peer)).Order().ToList();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}  {Rate(times.Select(time => time.Ours)):0.0}  {Rate(peers):0.0}  {ratios[ratios.Count / 2]:0.00}  {unit}  ({rounds} runs, {ratios[0]:0.00} to {ratios[^1]:0.00})"));
}

static double Rate(IEnumerable<double> seconds) => 1.2 / seconds.Order().ElementAt(seconds.Count() / 2);

// Processor time, collections of garbage included, so that other work on the machine does not count. The garbage of one is collected before the next begins.
static double Timed(Func<IReadOnlyList<IReadOnlyList<Result>>> run)
{
    GC.Collect();
    var before = Environment.CpuUsage.TotalTime;
    var results = run();
    var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    return results.Sum(one => one.Count) == 1_200_000 ? seconds : throw new InvalidOperationException("Not every fact was judged.");
}

static string Counts(IReadOnlyList<IReadOnlyList<Result>> all) => string.Join('\n', all.Select(results =>
    string.Join(' ', results.CountBy(result => result.Outcome).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"))));
