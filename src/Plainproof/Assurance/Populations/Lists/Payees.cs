using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Who was paid in a window, as far as a ledger tells first and last payments.</summary>
internal static class Payees
{
    public static IEnumerable<Item> Of(WindowFacts facts, PayeeKind kind, Func<Payee, IReadOnlyList<string>>? cells = null) =>
        Lasting.Of<Payee>(facts, it => new Span(it.FirstPaidOn, it.LastPaidOn), it => cells?.Invoke(it) ?? [], it => it.Kind == kind);
}
