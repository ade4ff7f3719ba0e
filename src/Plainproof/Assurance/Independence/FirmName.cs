using System.Text;

namespace Plainproof.Assurance.Independence;

/// <summary>Whether two names or two addresses are of one firm. Pure.</summary>
internal static class FirmName
{
    private static readonly HashSet<string> LegalForms = new(
        "ab ag as bv co company corp corporation eg ev gbr gmbh inc incorporated kg kgaa limited llc llp lp ltd mbh nv ohg oy pa partg pc plc pllc pte pty sa sarl sas se spa srl ug und and".Split(' '), StringComparer.Ordinal);

    /// <summary>Houses that give addresses to anybody, by the name before the first dot or as a whole.</summary>
    private static readonly HashSet<string> PublicMail = new(
        "gmail googlemail outlook hotmail live msn yahoo ymail icloud aol gmx proton protonmail fastmail zoho yandex tutanota tuta posteo mailbox web.de t-online.de freenet.de arcor.de me.com mac.com mail.com pm.me hey.com mail.ru qq.com 163.com 126.com naver.com orange.fr free.fr wanadoo.fr laposte.net libero.it virgilio.it comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net bluewin.ch".Split(' '), StringComparer.Ordinal);

    /// <summary>The name as it is compared: without case, marks and legal form. Empty for no name.</summary>
    public static string KeyOf(string name)
    {
        var letters = new StringBuilder();
        foreach (var c in name.ToLowerInvariant().Replace("&", " and ", StringComparison.Ordinal))
        {
            if (char.IsLetterOrDigit(c))
                letters.Append(c);
            else if (c is not ('.' or '\'' or '’'))
                letters.Append(' ');
        }

        var words = letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 1 && LegalForms.Contains(words[^1]))
            words.RemoveAt(words.Count - 1);
        return string.Join(' ', words);
    }

    /// <summary>The domain of an address that tells of its firm; empty for a house that gives addresses to anybody.</summary>
    public static string DomainOf(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..].Trim().TrimEnd('.').ToLowerInvariant();
        return !email.Contains('@', StringComparison.Ordinal) || PublicMail.Contains(domain) || PublicMail.Contains(domain.Split('.')[0]) ? "" : domain;
    }

    /// <summary>One is the other, or a part of it.</summary>
    public static bool IsOneDomain(string one, string other) =>
        one.Length > 0 && other.Length > 0 && (one == other || one.EndsWith($".{other}", StringComparison.Ordinal) || other.EndsWith($".{one}", StringComparison.Ordinal));
}
