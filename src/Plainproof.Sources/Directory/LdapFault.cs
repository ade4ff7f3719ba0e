using System.DirectoryServices.Protocols;
using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>What went wrong, told apart: wrong password, refused, cut off, slow, lost. Result codes: RFC 4511 appendix A.</summary>
internal static class LdapFault
{
    private const int InvalidCredentials = 49;
    private const int TimedOut = 85;

    /// <summary>Why an answer is short although the question was allowed; null when the code is no limit.</summary>
    public static string? Limit(ResultCode code) => code switch
    {
        ResultCode.SizeLimitExceeded => "the directory gives this account only so many entries",
        ResultCode.AdminLimitExceeded => "the directory's own limit was reached",
        ResultCode.TimeLimitExceeded => "the directory's time for one question ran out",
        _ => null,
    };

    public static CannotRead Refused(DirectoryOperationException e, Search search)
    {
        var code = e.Response?.ResultCode;
        var where = search.Base.Length > 0 ? search.Base : "the root entry";
        return code switch
        {
            ResultCode.InsufficientAccessRights => new(Completeness.Denied, $"The account may not look at {where}.", null, e),
            ResultCode.NoSuchObject => new(Completeness.Denied, $"There is no {where}, or the account may not see it.", "Check base=DN and the rights of the account.", e),
            ResultCode.Busy => new(Completeness.Throttled, "The directory is busy and asked us to come back later.", "Run again at a quiet time.", e),
            ResultCode.Unavailable => new(Completeness.Unreachable, "The directory says that it is not available now.", "Run again later.", e),
            ResultCode.OperationsError or ResultCode.StrongAuthRequired or ResultCode.ConfidentialityRequired => new(Completeness.Denied, $"The directory wants a better sign-in: {Said(e)}.", "Use ldaps://.", e),
            _ => new(Completeness.Failed, $"The directory refused to answer about {where}: {Said(e)}.", null, e),
        };
    }

    /// <summary>The time ran out, as the library or our own watch tells it.</summary>
    public static bool IsSilence(Exception e) => e is TimeoutException or LdapException { ErrorCode: -5 or TimedOut };

    /// <summary>The connection went away without an answer: server down, connect error, local error, or no more of it (RFC 4511 leaves these to the library).</summary>
    public static bool IsLoss(Exception e) => e is LdapException { ErrorCode: -1 or -2 or -11 or 81 or 82 or 91 };

    /// <summary>The connection, the sign-in or the time was lost.</summary>
    public static CannotRead Lost(Exception e, DirectoryAddress address, string what) => e switch
    {
        _ when IsSilence(e) => new(Completeness.TimedOut, $"{address.Text} did not answer within {address.Timeout.TotalSeconds:0} seconds ({what}).", "Run again at a quiet time, or set a longer timeout=SECONDS.", e),
        LdapException { ErrorCode: InvalidCredentials } ldap => WrongPassword(ldap, address),
        LdapException { ErrorCode: 8 or 13 } or DirectoryOperationException { Message: ['S', 't', 'r', 'o', 'n', 'g', ..] } when what == LdapSession.SignIn => new(Completeness.Denied, $"{address.Text} takes a password only over an encrypted connection.", "Use ldaps://, or ldap:// with starttls=true.", e),
        LdapException { ErrorCode: 32 or 34 or 48 or 50 or 53 } or DirectoryOperationException when what == LdapSession.SignIn => new(Completeness.Denied, $"{address.Text} refused to sign in {address.User}: {e.Message}", "Check the name in user=.", e),
        _ => new(Completeness.Unreachable, $"The connection to {address.Text} was lost ({what}).", "Run again. If it happens again, look into the directory's log.", e),
    };

    /// <summary>Active Directory tells in a sub-code why a sign-in failed (Win32 error codes).</summary>
    private static CannotRead WrongPassword(LdapException e, DirectoryAddress address)
    {
        var reason = (e.ServerErrorMessage ?? "").Split("data ") is [_, var rest, ..] ? rest.Split(',')[0].Trim() : "";
        var (why, mend) = reason switch
        {
            "532" or "773" => ("its password has run out or must be changed first", "Set a new password for the account."),
            "533" => ("it is switched off", "Switch the account on."),
            "701" => ("it has expired", "Extend the account."),
            "775" => ("it is locked after too many wrong passwords", "Unlock the account, then check the password file."),
            _ => ("the name or the password is wrong", "Check user= and the password file. Active Directory takes NAME@DOMAIN, OpenLDAP the whole distinguished name."),
        };
        return new(Completeness.Denied, $"{address.Text} did not let {address.User} in: {why}.", mend, e);
    }

    private static string Said(DirectoryOperationException e) =>
        (string.IsNullOrWhiteSpace(e.Response?.ErrorMessage) ? e.Message : e.Response.ErrorMessage).TrimEnd('.', '\0', '\n');
}
