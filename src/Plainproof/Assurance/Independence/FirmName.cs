using System.Text;

namespace Plainproof.Assurance.Independence;

/// <summary>Whether two names or two addresses are of one firm. Pure.</summary>
internal static class FirmName
{
    private static readonly HashSet<string> LegalForms = new(
        "ab ag as bv co company corp corporation eg ev gbr gmbh inc incorporated kg kgaa limited llc llp lp ltd mbh nv ohg oy pa partg pc plc pllc pte pty sa sarl sas se spa srl ug und and".Split(' '), StringComparer.Ordinal);

    /// <summary>The domains of houses that give addresses to anybody, written out: a firm may well be called live or mailbox.</summary>
    private static readonly HashSet<string> PublicMail = new(
    [
        .. House("gmx", "at biz ch co.uk com de es eu fr info it net org us"),
        .. House("hotmail", "be ca ch cl co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com com.ar com.au com.br com.hk com.tr com.tw cz de dk es fi fr gr hu it lt lv my nl no ph se sg sk"),
        .. House("live", "at be ca cl cn co.kr co.uk co.za com com.ar com.au com.mx com.my com.ph com.pt com.sg de dk fi fr hk ie in it jp nl no ru se"),
        .. House("outlook", "at be cl co.id co.il co.nz co.th com com.ar com.au com.br com.gr com.tr com.vn cz de dk es fr hu ie in it jp kr lv my ph pt sa sg sk"),
        .. House("yahoo", "at be bg ca cl cm co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com com.ar com.au com.br com.co com.hk com.mx com.my com.pe com.ph com.sg com.tr com.tw com.ve com.vn cz de dk ee es fi fr gr hr hu ie in it lt lv nl no pl pt ro rs se si sk"),
        .. House("yandex", "by com com.tr ee kz lt lv md ru ua uz"),
        .. "gmail.com googlemail.com msn.com ymail.com rocketmail.com icloud.com me.com mac.com aol.com aol.co.uk aol.de aim.com mail.com email.com pm.me proton.me protonmail.com protonmail.ch".Split(' '),
        .. "fastmail.com fastmail.fm zoho.com zoho.eu zoho.in zohomail.com zohomail.eu tutanota.com tutanota.de tutamail.com tuta.com tuta.io keemail.me hey.com posteo.de posteo.net mailbox.org".Split(' '),
        .. "web.de t-online.de freenet.de arcor.de bluewin.ch orange.fr free.fr wanadoo.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it seznam.cz wp.pl o2.pl".Split(' '),
        .. "mail.ru inbox.ru list.ru bk.ru ya.ru rambler.ru ukr.net qq.com foxmail.com 163.com 126.com yeah.net sina.com naver.com hanmail.net rediffmail.com".Split(' '),
        .. "comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net btinternet.com".Split(' '),
    ], StringComparer.Ordinal);

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
        return !email.Contains('@', StringComparison.Ordinal) || IsPublicMail(domain) ? "" : domain;
    }

    /// <summary>One is the other, or a part of it.</summary>
    public static bool IsOneDomain(string one, string other) =>
        one.Length > 0 && other.Length > 0 && (one == other || one.EndsWith($".{other}", StringComparison.Ordinal) || other.EndsWith($".{one}", StringComparison.Ordinal));

    /// <summary>The domain, or one that it lies beneath.</summary>
    private static bool IsPublicMail(string domain)
    {
        for (var rest = domain; rest.Length > 0; rest = rest.Contains('.', StringComparison.Ordinal) ? rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..] : "")
            if (PublicMail.Contains(rest))
                return true;
        return false;
    }

    private static IEnumerable<string> House(string name, string endings) => endings.Split(' ').Select(ending => $"{name}.{ending}");
}
