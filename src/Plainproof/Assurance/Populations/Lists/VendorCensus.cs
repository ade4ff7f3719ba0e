using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Each vendor as it stood on the last day of the window, or on its own last day.</summary>
internal sealed class VendorCensus(Ground ground)
{
    private readonly ILookup<string, Course<Vendor>> _courses = ground.Facts.Of<Vendor>().ToLookup(course => course.Subject, StringComparer.Ordinal);

    public IEnumerable<Finding> Of(Item item)
    {
        var it = (Vendor)item.Told.Fact.Untyped;
        var last = DateOnly.FromDateTime(ground.Facts.Lived.To.AddTicks(-1).UtcDateTime);
        var day = it.EndedOn < last ? it.EndedOn.Value : last;
        var then = it with { ReviewedOn = NewestBy(day, item, one => one.ReviewedOn), AgreementSignedOn = NewestBy(day, item, one => one.AgreementSignedOn) };
        var (told, asOf) = (item.Told.Fact, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
        var fact = new Dated<Vendor>(told.Subject, told.Scope, then, told.FirstSeen, told.LastSeen, told.At);
        return new[] { "vendors-reviewed", "vendors-under-agreement" }.Select(check => ground.Judge(check, fact, asOf)).OfType<Finding>();
    }

    /// <summary>A vendor list keeps the last time only, which may be after the window; what any reading told counts.</summary>
    private DateOnly? NewestBy(DateOnly day, Item item, Func<Vendor, DateOnly?> dayOf) =>
        _courses[item.Subject].SelectMany(course => course.Versions).Select(one => dayOf(one.Value)).Where(one => one <= day).Max();
}
