using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

internal static class PrivilegeWords
{
    /// <summary><c>carl (Domain Admins, through it-ops and helpdesk)</c>.</summary>
    public static string Tell(this Privilege right) => $"{right.AccountName} ({right.Way()})";

    public static string Way(this Privilege right) =>
        right.Through.Count == 0 ? right.Right : $"{right.Right}, through {string.Join(" and ", right.Through)}";
}
