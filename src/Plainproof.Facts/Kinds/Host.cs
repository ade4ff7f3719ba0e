namespace Plainproof.Facts;

/// <summary>What a host runs on, as far as it can tell from inside.</summary>
public enum HostForm
{
    Unknown,
    Physical,
    Virtual,
    Container,
}

/// <param name="Os">Distribution id and version as the host names them: <c>debian 12</c>.</param>
/// <param name="SecurityFixesUntil">The last day of security fixes that cost nothing extra; null when the table does not know this version.</param>
/// <param name="TableDate">The day the end-of-life table was last checked.</param>
[Kind("host.core", "Hosts: name, operating system, kernel, end of life")]
public sealed record Host(
    string Name,
    string Os,
    string OsName,
    string Kernel,
    HostForm Form,
    DateOnly TableDate,
    DateOnly? SecurityFixesUntil = null,
    bool Rolling = false,
    string? FormName = null);

/// <summary>One SSH server's effective settings, after its files, includes and defaults.</summary>
/// <param name="ConfigFile">The file it was started with.</param>
/// <param name="PermitRootLogin">As the server prints it: <c>yes</c>, <c>no</c>, <c>without-password</c>, <c>forced-commands-only</c>.</param>
/// <param name="RootLoginAsRoot">The same setting once the blocks for the user root are applied.</param>
/// <param name="KeyboardInteractive">True when a password can be asked for by dialogue, which PAM usually answers with the account's password.</param>
/// <param name="Loosened">Lines inside Match blocks that allow root, passwords or empty passwords for some: <c>Match Group sftp: PasswordAuthentication yes</c>.</param>
[Kind("host.sshd", "SSH servers: effective settings")]
public sealed record SshServer(
    string ConfigFile,
    IReadOnlyList<int> Ports,
    string PermitRootLogin,
    bool PasswordAuthentication,
    bool KeyboardInteractive,
    bool PermitEmptyPasswords,
    IReadOnlyList<string> Loosened,
    string? RootLoginAsRoot = null,
    bool UsePam = false,
    string? AuthenticationMethods = null,
    int? MaxAuthTries = null);

/// <param name="Account">Subject of the account.</param>
/// <param name="Fingerprint">SHA-256 fingerprint as OpenSSH prints it.</param>
/// <param name="Bits">Null when the type fixes the strength.</param>
/// <param name="Comment">The note at the end of the key line; people write the owner there.</param>
/// <param name="Nature">Who is behind the account.</param>
[Kind("account.key", "SSH keys that open accounts")]
public sealed record AccountKey(
    string Account, string AccountName, AccountNature Nature, string Type, string Fingerprint, int? Bits = null, string? Comment = null);

/// <summary>One rule that lets someone act as another user.</summary>
/// <param name="Tool"><c>sudo</c> or <c>doas</c>.</param>
/// <param name="Who">A user name, <c>%group</c>, or <c>ALL</c>.</param>
/// <param name="AllCommands">True when the rule names no single command.</param>
/// <param name="Commands">The commands as written; empty when all.</param>
[Kind("host.sudo", "Rules that let people act as root")]
public sealed record SudoRule(
    string Tool, string Who, bool AllCommands, bool NoPassword, IReadOnlyList<string> Commands, string? RunAs = null);

/// <param name="Tool">The package tool: <c>apt</c>, <c>dnf</c>, <c>apk</c>.</param>
/// <param name="Automatic">True when security updates install by themselves.</param>
/// <param name="RestartKnown">False when nothing on the host tells whether a restart is due.</param>
/// <param name="RestartDue">True when installed updates wait for a restart.</param>
/// <param name="RestartSince">Since when; null when the host does not tell.</param>
/// <param name="SecurityMarked">False when the distribution does not mark security updates, so that every update counts as one.</param>
[Kind("host.updates", "Hosts: how security updates arrive")]
public sealed record HostUpdates(
    string Tool,
    bool Automatic,
    bool RestartKnown,
    bool RestartDue = false,
    DateTimeOffset? RestartSince = null,
    bool SecurityMarked = true,
    string? AutomaticBy = null,
    HostForm Form = HostForm.Unknown);

/// <summary>
/// One installed package that lacks a security update. The offered version is left out on purpose:
/// a newer offer for the same gap must not restart the clock.
/// </summary>
[Kind("host.update", "Security updates that wait to be installed")]
public sealed record PendingUpdate(string Package, string Installed, string? Severity = null);

/// <summary>Apart from the update itself, because a later list may tell a later day for the same gap.</summary>
/// <param name="OutBy">The day the update came out, or a day by which it surely had.</param>
[Kind("host.update.age", "When waiting security updates came out")]
public sealed record UpdateAge(DateTimeOffset OutBy);

/// <param name="Mount">Where it is mounted; <c>[swap]</c> for swap space.</param>
/// <param name="Encrypted">True when it lies on a layer this host encrypts itself.</param>
/// <param name="Network">True when the data lies on another machine.</param>
/// <param name="Form">What the host runs on: a virtual machine cannot see encryption beneath it.</param>
[Kind("host.volume", "Mounted file systems and whether they are encrypted")]
public sealed record HostVolume(
    string Mount, string Device, string FileSystem, bool Encrypted, HostForm Form, bool Network = false, bool ReadOnly = false, string? By = null);

/// <param name="Tools">Firewall programs that answered: <c>nftables</c>, <c>iptables</c>, <c>ufw</c>, <c>firewalld</c>.</param>
/// <param name="DropsInbound4">True when what no rule allows is dropped or refused, for IPv4.</param>
/// <param name="DropsInbound6">The same for IPv6; also true when the host has no IPv6 address beyond loopback and link-local.</param>
[Kind("host.firewall", "Host firewalls: active, and closed by default")]
public sealed record HostFirewall(IReadOnlyList<string> Tools, bool Active, bool DropsInbound4, bool DropsInbound6, HostForm Form = HostForm.Unknown);

/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Address">As the system prints it: <c>0.0.0.0</c>, <c>::</c>, <c>127.0.0.1</c>.</param>
/// <param name="Loopback">True when only this host itself can connect.</param>
/// <param name="Program">Null when the reader may not see whose it is.</param>
[Kind("host.listener", "Ports that accept connections")]
public sealed record HostListener(string Protocol, string Address, int Port, bool Loopback, string? Program = null);

/// <param name="Service">What keeps the clock right: <c>chrony</c>, <c>systemd-timesyncd</c>; null when nothing was found.</param>
/// <param name="OffsetSeconds">How far off the clock is, as that service says, to a tenth; null when it does not say.</param>
[Kind("host.clock", "Whether the clock is kept right")]
public sealed record HostClock(bool Synchronised, string? Service = null, double? OffsetSeconds = null, HostForm Form = HostForm.Unknown);

/// <param name="ForwardsTo">Where logs are sent, without secrets: <c>rsyslog to logs.example.test:6514</c>, or the shipping program that runs.</param>
/// <param name="AuditRuns">True when the kernel's audit service runs.</param>
/// <param name="JournalPersists">Null when the host has no journal.</param>
/// <param name="AuditRules">Null when the reader may not see them.</param>
[Kind("host.logging", "Hosts: audit trail, and where logs go")]
public sealed record HostLogging(
    IReadOnlyList<string> ForwardsTo, bool AuditRuns, bool? JournalPersists = null, int? AuditRules = null, HostForm Form = HostForm.Unknown);

/// <param name="Running">Names of protection programs that run.</param>
[Kind("host.agent", "Hosts: malware protection that runs")]
public sealed record HostAgents(IReadOnlyList<string> Running, HostForm Form = HostForm.Unknown);
