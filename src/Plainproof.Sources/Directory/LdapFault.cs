using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>What went wrong, told apart: wrong password, refused, cut off, slow, lost, nonsense. Result codes: RFC 4511 appendix A.</summary>
internal static class LdapFault
{
    /// <summary>Why an answer is short although the question was allowed; null when the code is no limit.</summary>
    public static string? Limit(ResultCode code) => code switch
    {
        ResultCode.SizeLimitExceeded => "the directory gives this account only so many entries",
        ResultCode.AdminLimitExceeded => "the directory's own limit was reached",
        ResultCode.TimeLimitExceeded => "the directory's time for one question ran out",
        _ => null,
    };

    public static CannotRead Refused(Answer answer, Search search)
    {
        var where = search.Base.Length > 0 ? search.Base : "the root entry";
        return answer.Code switch
        {
            ResultCode.InsufficientAccessRights => new(Completeness.Denied, $"The account may not look at {where}."),
            ResultCode.NoSuchObject => new(Completeness.Denied, $"There is no {where}, or the account may not see it.", "Check base=DN and the rights of the account."),
            ResultCode.Referral => new(Completeness.Denied, $"The directory does not hold {where}, and points to another one.", "Check base=DN, or name the directory that holds it."),
            ResultCode.OperationsError or ResultCode.StrongAuthRequired or ResultCode.ConfidentialityRequired => new(Completeness.Denied, $"The directory wants a better sign-in: {Said(answer)}.", "Use ldaps://."),
            _ => Unwilling(answer) ?? new(Completeness.Failed, $"The directory refused to answer about {where}: {Said(answer)}."),
        };
    }

    public static CannotRead NotLetIn(Answer answer, DirectoryAddress address) => answer.Code switch
    {
        ResultCode.InvalidCredentials => WrongPassword(answer, address),
        ResultCode.StrongAuthRequired or ResultCode.ConfidentialityRequired => new(Completeness.Denied, $"{address.Text} takes a password only over an encrypted connection.", "Use ldaps://, or ldap:// with starttls=true."),
        _ => Unwilling(answer) ?? new(Completeness.Denied, $"{address.Text} refused to sign in {address.User}: {Said(answer)}.", "Check the name in user=."),
    };

    /// <summary>What ended the connection: the time ran out, the server said goodbye, what came is no LDAP, or it just went away.</summary>
    public static CannotRead Ended(Exception by, DirectoryAddress address, string what) => by switch
    {
        OperationCanceledException => new(Completeness.TimedOut, $"{address.Text} did not answer within {address.Timeout.TotalSeconds:0} seconds ({what}).", "Run again at a quiet time, or set a longer timeout=SECONDS.", by),
        BadAnswer => new(Completeness.Failed, $"{address.Text} gave an answer that is no LDAP ({what}): {by.Message}.", "Check that a directory answers there, and look into its log.", by),
        Disconnected { Notice: var goodbye } => new(Completeness.Unreachable, $"{address.Text} closed the connection ({what}): {Said(goodbye)}.", "Run again. If it happens again, look into the directory's log.", by),
        _ => new(Completeness.Unreachable, $"The connection to {address.Text} was lost ({what}).", "Run again. If it happens again, look into the directory's log.", by),
    };

    private static CannotRead? Unwilling(Answer answer) => answer.Code switch
    {
        ResultCode.Busy => new(Completeness.Throttled, "The directory is busy and asked us to come back later.", "Run again at a quiet time."),
        ResultCode.Unavailable => new(Completeness.Unreachable, "The directory says that it is not available now.", "Run again later."),
        _ => null,
    };

    /// <summary>Active Directory tells in a sub-code why a sign-in failed (Win32 error codes).</summary>
    private static CannotRead WrongPassword(Answer answer, DirectoryAddress address)
    {
        var reason = answer.Said.Split("data ") is [_, var rest, ..] ? rest.Split(',')[0].Trim() : "";
        var (why, mend) = reason switch
        {
            "532" or "773" => ("its password has run out or must be changed first", "Set a new password for the account."),
            "533" => ("it is switched off", "Switch the account on."),
            "701" => ("it has expired", "Extend the account."),
            "775" => ("it is locked after too many wrong passwords", "Unlock the account, then check the password file."),
            _ => ("the name or the password is wrong", "Check user= and the password file. Active Directory takes NAME@DOMAIN, OpenLDAP the whole distinguished name."),
        };
        return new(Completeness.Denied, $"{address.Text} did not let {address.User} in: {why}.", mend);
    }

    private static string Said(Answer answer) =>
        answer.Said.Trim('.', '\0', '\n', ' ') is { Length: > 0 } said ? said : WordOf(answer.Code);

    private static string WordOf(ResultCode code) => code switch
    {
        ResultCode.InvalidDnSyntax => "it does not take this name",
        ResultCode.InappropriateAuthentication => "the account has no password",
        ResultCode.UnwillingToPerform => "it is not willing to",
        _ => $"result {(int)code}",
    };
}
