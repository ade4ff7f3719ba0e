using Plainproof.Facts;
using HostFact = Plainproof.Facts.Host;

namespace Plainproof.Sources.Host;

/// <summary>What this source can read, and the least it must be allowed to do.</summary>
internal static class HostOffers
{
    private const string Account = "plainproof";

    public static SourceInfo Info { get; } = new(
        "host", 1, "Linux host",
        "This host, or a Linux host over SSH. One script reads settings and changes nothing.",
        "[ssh://USER@HOST[:PORT]]",
        "host=ssh://plainproof@web1.example.test?key-file=/home/ann/.ssh/id_ed25519",
        [
            new SourceOption("key-file", "Private key that opens the account. Without it, the usual keys in ~/.ssh are tried.", Kind: OptionKind.SecretFile),
            new SourceOption("passphrase", "Passphrase of the private key.", Secret: true),
            new SourceOption("password", "Password of the account. A key is better.", Secret: true),
            new SourceOption("known-hosts", "File with the keys of known hosts. Without it, ~/.ssh/known_hosts and /etc/ssh/ssh_known_hosts are used.", Kind: OptionKind.File),
            new SourceOption("fingerprint", "The host key to accept, as SHA256:..., instead of a known-hosts file."),
            new SourceOption("timeout", "Seconds the whole reading may take; 20 unless given.", Kind: OptionKind.Number),
        ],
        [
            Plain<HostFact>("cat /etc/os-release; uname; systemd-detect-virt"),
            Sudo<SshServer>("sshd -T, and the lines of sshd_config that hold for some people only", "The settings an SSH server really uses can only be printed by root.",
                "/usr/sbin/sshd -T", "/usr/sbin/sshd -T -C user\\=root\\,host\\=localhost\\,addr\\=127.0.0.1"),
            Sudo<Account>("getent passwd and group; whether each account is locked", "Whether a password is locked is visible to root only.", "/usr/bin/passwd -Sa"),
            Sudo<AccountPassword>("passwd -Sa: state and age of passwords, never the passwords or their hashes", "Whether a password is locked is visible to root only.", "/usr/bin/passwd -Sa"),
            Sudo<AccountActivity>("lastlog", "Idle accounts are told from locked ones by the state of the password.", "/usr/bin/passwd -Sa"),
            Sudo<Privilege>("the rules of sudo or doas, and members of groups", "Who may act as root is written where only root can read.", "/usr/bin/cvtsudoers -e -f json /etc/sudoers"),
            Sudo<SudoRule>("the rules of sudo or doas", "Who may act as root is written where only root can read.", "/usr/bin/cvtsudoers -e -f json /etc/sudoers"),
            new Offer(Aspect.Of<AccountKey>(), [new Permission("host", "root", "Each account's list of keys lies in its own folder, which only root may enter.")], "authorized_keys of every account: public keys only"),
            Plain<HostUpdates>("package lists already on the host; nothing is fetched"),
            Plain<PendingUpdate>("package lists already on the host; nothing is fetched"),
            Plain<UpdateAge>("package lists already on the host; nothing is fetched"),
            Plain<HostVolume>("/proc/self/mounts and /sys/class/block"),
            Sudo<HostFirewall>("rules of nftables, iptables, ufw or firewalld", "Rules of a firewall are visible to root only.",
                "/usr/sbin/nft -j list ruleset", "/usr/sbin/iptables-save \"\"", "/usr/sbin/ip6tables-save \"\"", "/usr/sbin/ufw status verbose"),
            Plain<HostListener>("ss -H -tulnp"),
            Plain<HostClock>("chronyc tracking, timedatectl or ntpq"),
            Plain<HostLogging>("running programs, rsyslog and journald settings"),
            Plain<HostAgents>("names of running programs"),
        ],
        "One connection and one script a run, usually within two seconds; every command has its own time limit.")
    { Leads = AddressKind.Network };

    private static Offer Plain<T>(string calls) =>
        new(Aspect.Of<T>(), [new Permission("host", "an ordinary account with /bin/sh", "Everyone on the host may read this.")], calls);

    private static Offer Sudo<T>(string calls, string why, params string[] commands) =>
        new(Aspect.Of<T>(), [.. commands.Select(command => new Permission("sudoers", $"{Account} ALL=(root) NOPASSWD: {command}", why))], calls);
}
