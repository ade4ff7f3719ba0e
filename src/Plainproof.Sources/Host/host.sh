# Reads a Linux host for Plainproof. It changes nothing and writes no file.
# Sent on standard input to /bin/sh, after lines that set T (a random word that no
# output can foresee) and WANT (what to read). Works in dash, bash and busybox.
main() {
    exec 3>&1
    LC_ALL=C TZ=UTC PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
    export LC_ALL TZ PATH
    unset ENV BASH_ENV LD_PRELOAD 2>/dev/null
    if timeout -k 1 1 true 2>/dev/null; then TIMED="timeout -k 1"; else TIMED=; fi

    # As root, by sudo without a password, or plain. sudo is asked once, so that a
    # refusal is logged once and not once a command.
    if [ "$(id -u)" = 0 ]; then S= AS=root
    elif sudo -n -l >/dev/null 2>&1; then S="sudo -n " AS=sudo
    else S= AS=plain
    fi
    export AS

    section who 2000 2 'echo "as=$AS"; id -un; uname -srm; hostname; date +%s'
    section os-release 8000 2 'cat /etc/os-release || cat /usr/lib/os-release'
    section form 4000 3 '
        systemd-detect-virt -c 2>/dev/null | sed "s/^/container=/"
        systemd-detect-virt -v 2>/dev/null | sed "s/^/vm=/"
        readlink /proc/self/ns/pid 2>/dev/null | sed "s/^/processes=/"
        [ -e /.dockerenv ] && echo container=docker
        [ -e /run/.containerenv ] && echo container=podman
        grep -oE -m1 "docker|kubepods|lxc|containerd" /proc/1/cgroup 2>/dev/null | sed "s/^/container=/"
        sed "s/^/product=/" /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name 2>/dev/null
        grep -qw -m1 hypervisor /proc/cpuinfo 2>/dev/null && echo vm=hypervisor
        true'
    section processes 2000000 5 'grep -sE "^(Name|Pid|PPid|Uid):" /proc/[0-9]*/status; [ -d /proc/1 ] && echo first=seen'
    wants sshd && read_sshd
    wants accounts && read_accounts
    wants sudo && read_sudo
    wants keys && read_keys
    wants activity && read_activity
    wants updates && read_updates
    wants volumes && read_volumes
    wants firewall && read_firewall
    wants listeners && read_listeners
    wants clock && read_clock
    wants logging && read_logging
    printf '%s done\n' "$T"
}

wants() { case " $WANT " in *" $1 "*) true ;; *) false ;; esac; }

has() { command -v "$1" >/dev/null 2>&1; }

# NAME BYTES SECONDS COMMAND: prints what was run, what it said, what it complained of, and how it ended.
section() {
    printf '%s begin %s %s\n%s\n%s out\n' "$T" "$1" "$2" "$4" "$T"
    said=$({ { $TIMED ${TIMED:+$3} /bin/sh -c "$4" </dev/null 2>&4 3>&-; echo "$T rc $?" >&4; } | head -c "$2" >&3; } 4>&1 | tail -c 2000)
    printf '\n%s err\n%s\n%s end\n' "$T" "$said" "$T"
}

# The same for a command that needs root. Its words match a declared permission to the letter.
as_root() {
    if [ "$AS" = plain ]; then refused "$1" "$4"; else section "$1" "$2" "$3" "$S$4"; fi
}

refused() {
    printf '%s begin %s 0\n%s\n%s out\n\n%s err\nneeds root\n%s rc 126\n%s end\n' "$T" "$1" "$2" "$T" "$T" "$T" "$T"
}

read_sshd() {
    # Only processes of root on this root file system count: anyone can name a process sshd.
    listing='
        here=$(stat -Lc %d:%i / 2>/dev/null)
        for comm in $(grep -lsx sshd /proc/[0-9]*/comm); do
            p=${comm%/comm}
            [ "$(stat -c %u "$p" 2>/dev/null)" = 0 ] || continue
            its=$(stat -Lc %d:%i "$p/root" 2>/dev/null) && [ "$its" != "$here" ] && continue
            tr "\000" " " <"$p/cmdline"; echo
        done'
    section sshd-running 40000 4 "$listing"'
        for unit in ssh.socket sshd.socket; do systemctl is-active --quiet $unit 2>/dev/null && echo "socket=$unit"; done
        grep -lsxE "dropbear|tailscaled" /proc/[0-9]*/comm >/dev/null && echo other=running
        command -v sshd || true'
    has sshd || return 0
    files=$(/bin/sh -c "$listing" | awk '/\[listener\]/ || /^\// { f="default"; for (i = 2; i < NF; i++) if ($i == "-f") f = $(i + 1); print f }' | sort -u)
    if [ -z "$files" ] && systemctl is-active --quiet ssh.socket sshd.socket 2>/dev/null; then files=default; fi
    for F in $files; do
        if [ "$F" = default ]; then with=; F=/etc/ssh/sshd_config; else with=" -f $F"; fi
        export F
        as_root "sshd-T:$F" 60000 4 "sshd -T$with"
        as_root "sshd-T-root:$F" 60000 4 "sshd -T$with -C user=root,host=localhost,addr=127.0.0.1"
        section "sshd-lines:$F" 60000 3 '
            cd /etc/ssh 2>/dev/null
            for f in "$F" $(sed -n "s/^[[:space:]]*[Ii][Nn][Cc][Ll][Uu][Dd][Ee][[:space:]=]\{1,\}//p" "$F"); do
                if [ ! -e "$f" ]; then
                    d=${f%/*}
                    [ -d "$d" ] && { [ -r "$d" ] && [ -x "$d" ] || echo "$d: Permission denied" >&2; }
                    continue
                fi
                echo "== $f"
                grep -inE "^[[:space:]]*(match|permitrootlogin|passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication|permitemptypasswords)[[:space:]=]" "$f"
            done
            true'
    done
}

read_accounts() {
    # No password hash may leave this host: only what sort of thing stands in its place.
    section passwd 2000000 5 'getent passwd | awk -F: -v OFS=: '"'"'{ $2 = $2 == "" ? "" : $2 == "x" || $2 ~ /^[*!]/ ? "x" : "hash"; print }'"'"
    section group 2000000 5 'getent group | awk -F: -v OFS=: '"'"'{ $2 = ""; print }'"'"
    section account-count 4000 2 'grep -c : /etc/passwd; grep -E "^(passwd|group|sudoers):" /etc/nsswitch.conf; grep -E "^(UID_MIN|UID_MAX)[[:space:]]" /etc/login.defs; true'
    if [ "$AS" = root ]; then
        section shadow 2000000 4 'awk -F: '"'"'{ s = $2 == "" ? "NP" : $2 ~ /^[!*]/ ? "L" : "P"; print $1 ":" s ":" $3 ":" $5 ":" $8 }'"'"' /etc/shadow'
    else
        as_root passwd-status 2000000 4 'passwd -Sa'
    fi
}

read_sudo() {
    section sudo-there 4000 2 'for x in sudo doas cvtsudoers; do command -v $x; done; ls -d /etc/sudoers /etc/doas.conf /etc/doas.d 2>/dev/null; ls -d /var/run/docker.sock /run/docker.sock 2>/dev/null; true'
    if [ -e /etc/sudoers ]; then as_root sudoers 1000000 4 'cvtsudoers -e -f json /etc/sudoers'; fi
    if [ -e /etc/doas.conf ] || [ -e /etc/doas.d ]; then as_root doas 100000 3 'cat /etc/doas.conf /etc/doas.d/*.conf'; fi
}

read_keys() {
    if [ "$AS" != root ]; then refused keys 'authorized_keys of every account'; return; fi
    # Prints only what looks like a public key: a link to another file must not bring that file out.
    section keys 2000000 6 '
        patterns=$(sshd -T 2>/dev/null | sed -n "s/^authorizedkeysfile //p")
        [ "$patterns" = none ] && exit 0
        sshd -T 2>/dev/null | grep -E "^authorizedkeyscommand (/|[^n])"
        getent passwd | while IFS=: read -r user x uid gid gecos home shell; do
            for pattern in ${patterns:-.ssh/authorized_keys .ssh/authorized_keys2}; do
                file=$(printf %s "$pattern" | sed "s|%u|$user|g; s|%U|$uid|g; s|%h|$home|g")
                case $file in /*) ;; *) file=$home/$file ;; esac
                [ -f "$file" ] || continue
                head -c 262144 "$file" | sed -n "/^[[:space:]]*#/d; s/.*\(\(ssh-\|ecdsa-sha2-\|sk-\)[a-z0-9@.-]* AAAA[A-Za-z0-9+\/=]*.*\)/\1/p" | while IFS= read -r key; do
                    printf "%s %s\n" "$user" "$key"
                done
            done
        done'
}

read_activity() {
    section lastlog 2000000 5 '
        if [ -s /var/lib/lastlog/lastlog2.db ] && command -v lastlog2 >/dev/null; then echo tool=lastlog2; lastlog2
        elif [ -s /var/log/lastlog ] && command -v lastlog >/dev/null; then echo tool=lastlog; lastlog
        elif [ -e /var/log/lastlog ] && [ ! -s /var/log/lastlog ]; then echo tool=empty
        else echo tool=none; fi'
}

read_updates() {
    if has apt-get && has dpkg-query; then
        # apt-get -s would rebuild apt'\''s cache for seconds; the same answer lies in the security lists and the package database.
        section apt 2000000 10 '
            cd /var/lib/apt/lists || exit 1
            for r in *InRelease *_Release; do
                [ -e "$r" ] || continue
                echo "release $(stat -c %Y "$r") $r"
                awk "/^(MD5Sum|SHA1|SHA256|SHA512):/ { exit } /^(Origin|Label|Suite|Codename|Date):/" "$r"
                sort=$(awk "
                    /^(MD5Sum|SHA1|SHA256|SHA512):/ { exit }
                    /^Label:.*[Ss]ecurity/ || /^Suite:.*-security/ { security = 1 }
                    /^Label: Debian\$/ { debian = 1 }
                    /^Version: [0-9.]+\$/ { numbered = 1 }
                    END { print security ? \"offer\" : debian && numbered ? \"point\" : \"\" }" "$r")
                [ -n "$sort" ] || continue
                echo "sort $sort"
                for p in "${r%InRelease}"*_Packages*; do
                    case $r in *InRelease) ;; *) continue ;; esac
                    [ -e "$p" ] && /usr/lib/apt/apt-helper cat-file "$p" || echo "unread $p"
                done
                echo
            done | awk "
                BEGIN { while ((\"dpkg-query -W -f=\047\${db:Status-Abbrev} \${Package} \${Version}\\\\n\047\" | getline line) > 0) { split(line, f, \" \"); if (f[1] ~ /^[ih]i/) has[f[2]] = f[3] } n = 0; for (x in has) n++; print \"installed \" n }
                /^sort / { sort = \$2; next }
                /^(release|unread|Origin:|Label:|Suite:|Codename:|Date:)/ { print; next }
                /^Package: / { p = \$2; v = \"\" }
                /^Version: / { v = \$2 }
                /^\$/ { if (p != \"\" && (p in has) && (sort == \"offer\" || v != has[p])) print sort \" \" p \" \" has[p] \" \" v; p = \"\" }"'
        section apt-automatic 8000 5 '
            apt-config dump 2>/dev/null | grep -E "^(APT::Periodic::|Unattended-Upgrade::(Allowed-Origins|Origins-Pattern))"
            command -v unattended-upgrade unattended-upgrades | head -n 1
            for u in apt-daily-upgrade.timer unattended-upgrades.service; do systemctl is-enabled $u 2>/dev/null | sed "s/^/$u=/"; done
            ls /etc/cron.daily/apt-compat 2>/dev/null
            stat -c "restart %Y" /run/reboot-required 2>/dev/null
            ls /usr/share/update-notifier/notify-reboot-required /etc/kernel/postinst.d/unattended-upgrades /usr/sbin/needrestart 2>/dev/null
            true'
    elif has dnf || has yum; then
        section dnf 2000000 12 'if command -v dnf >/dev/null; then dnf -q -C updateinfo list --security; else yum -q -C updateinfo list security; fi'
        section dnf-state 8000 8 '
            find /var/cache/dnf /var/cache/libdnf5 /var/cache/yum -name repomd.xml -exec stat -c "list %Y" {} + 2>/dev/null | sort -u
            for u in dnf-automatic.timer dnf-automatic-install.timer dnf5-automatic.timer; do systemctl is-enabled $u 2>/dev/null | sed "s/^/$u=/"; done
            grep -hsE "^[[:space:]]*(apply_updates|upgrade_type)" /etc/dnf/automatic.conf
            if command -v needs-restarting >/dev/null; then needs-restarting -r >/dev/null 2>&1; echo "restarting=$?"; fi
            true'
    elif has apk; then
        section apk 400000 8 'apk --no-network version -l "<"'
        section apk-state 8000 3 'stat -c "list %Y" /var/cache/apk/APKINDEX.*.tar.gz /etc/apk/cache/APKINDEX.*.tar.gz 2>/dev/null; grep -ls "apk.*upgrade" /etc/periodic/*/* /etc/crontabs/root 2>/dev/null; true'
    fi
}

read_volumes() {
    section mounts 400000 3 'cat /proc/self/mounts; sed -n "2,\$s/^/swap /p" /proc/swaps 2>/dev/null; true'
    section blocks 400000 4 '
        for b in /sys/class/block/*; do
            [ -e "$b" ] || continue
            printf "%s|" "${b##*/}"
            cat "$b/dm/name" 2>/dev/null | tr -d "\n"; printf "|"
            cat "$b/dm/uuid" 2>/dev/null | tr -d "\n"; printf "|"
            ls "$b/slaves" 2>/dev/null | tr "\n" " "; printf "|"
            [ -e "$b/partition" ] && { p=$(readlink -f "$b/.."); printf "%s" "${p##*/}"; }
            echo
        done'
    section links 400000 4 'awk "\$1 ~ /^\\/dev\\// { print \$1 }" /proc/self/mounts | sort -u | while read -r d; do echo "$d $(readlink -f "$d")"; done'
    if has zfs; then section zfs 400000 4 'zfs list -H -o name,encryption,keystatus'; fi
}

read_firewall() {
    section firewall-there 4000 2 'for x in nft iptables-save ip6tables-save ufw firewall-cmd; do command -v $x; done; sed "s/^/inet6 /" /proc/net/if_inet6 2>/dev/null; true'
    if has nft; then as_root nft 2000000 4 'nft -j list ruleset'; fi
    if has iptables-save; then as_root iptables 2000000 4 'iptables-save'; fi
    if has ip6tables-save; then as_root ip6tables 2000000 4 'ip6tables-save'; fi
    if has ufw; then as_root ufw 100000 4 'ufw status verbose'; fi
    if has firewall-cmd; then as_root firewalld 100000 5 'firewall-cmd --state'; fi
}

read_listeners() {
    if has ss; then
        if [ "$AS" = sudo ]; then section listeners 1000000 5 'sudo -n ss -H -tulnp 2>/dev/null || ss -H -tulnp'; else section listeners 1000000 5 'ss -H -tulnp'; fi
    else
        section netstat 1000000 5 'netstat -tulnp'
    fi
}

read_clock() {
    section timedatectl 8000 4 'timedatectl show -p NTP -p NTPSynchronized'
    if has chronyc; then section chronyc 8000 4 'chronyc -n -c tracking'; fi
    if has ntpq; then section ntpq 8000 4 'ntpq -n -c rv'; fi
    section kernel-clock 8000 3 'if command -v adjtimex >/dev/null; then adjtimex; elif command -v busybox >/dev/null; then busybox adjtimex; fi'
}

read_logging() {
    section log-targets 100000 4 '
        for f in /etc/rsyslog.conf /etc/rsyslog.d/*.conf; do
            [ -r "$f" ] || { [ -e "$f" ] && echo "$f: Permission denied" >&2; continue; }
            sed "s/#.*//" "$f" | grep -oiE "(^|[[:space:]])@@?(\([^)]*\))?[][A-Za-z0-9_.:-]+|type=\"?om(fwd|relp|elasticsearch|kafka|http)\"?|target=\"[^\"]+\"" | sed "s/^[[:space:]]*/rsyslog /"
        done
        for f in /etc/syslog-ng/syslog-ng.conf /etc/syslog-ng/conf.d/*.conf; do
            [ -e "$f" ] && sed "s/#.*//" "$f" | tr "\n" " " | grep -oE "destination [^;]*\{[^}]*" | grep -oE "(network|syslog|tcp|udp)[[:space:]]*\([[:space:]]*\"[^\"]+\"" | sed "s/^/syslog-ng /"
        done
        grep -hsE "^[[:space:]]*URL=" /etc/systemd/journal-upload.conf /etc/systemd/journal-upload.conf.d/*.conf | sed "s/^[[:space:]]*URL=/journal-upload /"
        systemctl is-active systemd-journal-upload.service 2>/dev/null | sed "s/^/journal-upload-state /"
        grep -hsoE "^SYSLOGD_OPTS=.*-R *[A-Za-z0-9_.:-]+" /etc/conf.d/syslog | grep -oE "[^ ]+$" | sed "s/^/syslogd /"
        true'
    section journal 8000 3 'command -v journalctl >/dev/null && echo journal=yes; [ -d /var/log/journal ] && echo kept=folder; grep -hsE "^[[:space:]]*Storage=" /etc/systemd/journald.conf /etc/systemd/journald.conf.d/*.conf /usr/lib/systemd/journald.conf.d/*.conf; true'
    if has auditctl; then as_root audit 400000 4 'auditctl -l'; fi
}

main
