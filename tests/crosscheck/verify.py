#!/usr/bin/env python3
"""Checks a Plainproof evidence folder without Plainproof. Needs Python 3.8 or newer; openssl only for time stamps.

    verify.py FOLDER --vkey FILE [--kept FILE]... [--tsa-ca FILE]

FOLDER holds log/ and, if evidence files came along, blobs/. Take the key file, the kept checkpoints and the certificates from
somewhere else than FOLDER. Exit code: 0 all was checked and holds, 1 a check failed, 2 something could not be checked.
Read this file before you trust it; it is short for that reason. The format is in docs/evidence-format.md.
"""
import argparse, base64, calendar, hashlib, json, os, re, subprocess, sys, time

CHECKED, FAILED, NOT_CHECKED = "checked", "FAILED", "NOT CHECKED"
outcomes = set()


def say(outcome, words):
    outcomes.add(outcome)
    print(f"{outcome:12} {words}")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# --- Ed25519 verification, RFC 8032 section 5.1 ----------------------------------------------------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - xx) % P or y >= P or (x == 0 and sign):
        raise ValueError("not a point on the curve")
    return P - x if x & 1 != sign else x


def point(data):
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = recover_x(y, sign)
    return x, y, 1, x * y % P


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    g, h, k, m = f - e, d - c, d + c, f + e
    return g * h % P, k * m % P, h * k % P, g * m % P


def times(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, base)
        base, scalar = add(base, base), scalar >> 1
    return result


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_ok(public, message, signature):
    try:
        a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    same = not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P
    return len(signature) == 64 and s < Q and same


# --- C2SP signed notes and checkpoints -------------------------------------------------------------------------------------------
def parse_vkey(line):
    name, key_id, key = line.strip().split("+", 2)
    raw = base64.b64decode(key, validate=True)
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise ValueError("the key line is damaged or not an Ed25519 key")
    return name, bytes.fromhex(key_id), raw[1:]


def open_checkpoint(note, vkey):
    """Returns (size, root) once the signature was checked."""
    name, key_id, public = vkey
    if any(byte < 32 and byte != 10 for byte in note):
        raise ValueError("a control character in a checkpoint")
    text, _, lines = note.decode("utf-8").rpartition("\n\n")
    text += "\n"
    verified = False
    for line in lines.splitlines():
        dash, signer, data = line.split(" ")
        raw = base64.b64decode(data, validate=True)
        if dash != "\u2014":
            raise ValueError("a line that is not a signature")
        if signer == name and raw[:4] == key_id:
            if not ed25519_ok(public, text.encode(), raw[4:]):
                raise ValueError("the signature does not fit the checkpoint")
            verified = True
    if not verified:
        raise ValueError("the checkpoint is not signed by the given key")
    origin, size, root = text.split("\n")[:3]
    if origin != name or str(int(size)) != size:
        raise ValueError("the checkpoint is of another log")
    return int(size), base64.b64decode(root, validate=True)


# --- RFC 6962 tree ---------------------------------------------------------------------------------------------------------------
def fold(row):
    """The root over a row of hashes: pairs from the left, an odd last one moves up as it is."""
    while len(row) > 1:
        paired = [sha256(b"\x01", row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = paired + row[len(paired) * 2:]
    return row[0] if row else sha256()


def tile_path(level, number, width):
    parts, number = [f"{number % 1000:03}"], number // 1000
    while number:
        parts, number = [f"x{number % 1000:03}"] + parts, number // 1000
    return f"tile/{level}/" + "/".join(parts) + ("" if width == 256 else f".p/{width}")


def read(folder, path):
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()


def read_tile(log, level, number, width):
    try:
        return read(log, tile_path(level, number, width))
    except FileNotFoundError:  # a full tile replaces its partial ones
        return read(log, tile_path(level, number, 256))


def entries_of(log, size):
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        bundle, at = read_tile(log, "entries", number, width), 0
        for _ in range(width):
            length = int.from_bytes(bundle[at:at + 2], "big")
            entry = bundle[at + 2:at + 2 + length]
            if len(entry) != length or len(bundle) < at + 2:
                raise ValueError(f"entry bundle {number} is cut short")
            yield entry
            at += 2 + length


def check_tiles(log, leaves):
    count, level, row = 0, 0, leaves
    while row:
        for number in range((len(row) + 255) // 256):
            part = row[number * 256:number * 256 + 256]
            if read_tile(log, level, number, len(part))[:32 * len(part)] != b"".join(part):
                raise ValueError(tile_path(level, number, len(part)) + " does not hold the hashes of the entries")
            count += 1
        row = [fold(row[i:i + 256]) for i in range(0, len(row) // 256 * 256, 256)]
        level += 1
    return count


# --- The checks ------------------------------------------------------------------------------------------------------------------
def check_kept(path, note, leaves, vkey):
    size, root = open_checkpoint(note, vkey)
    if size > len(leaves):
        raise ValueError(f"{path} knows {size} entries, the log only {len(leaves)}: it was set back")
    if fold(leaves[:size]) != root:
        raise ValueError(f"{path} is of another history")
    say(CHECKED, f"the first {size} entries are those of {path}")


def check_stamp(log, name, leaves, vkey, ca):
    size, note = name.split(".")[0], f"checkpoints/{name.split('.')[0]}.note"
    check_kept(note, read(log, note), leaves, vkey)
    reply = subprocess.run(["openssl", "ts", "-reply", "-in", f"{log}/anchors/{name}", "-text"], capture_output=True, text=True)
    stamped = re.search(r"Time stamp: (.*)", reply.stdout)
    if not stamped:
        raise ValueError(f"anchors/{name} cannot be read")
    whole_seconds = re.sub(r"\.\d+", "", stamped[1])
    seconds = str(calendar.timegm(time.strptime(whole_seconds, "%b %d %H:%M:%S %Y GMT")))
    for against in (["-data", f"{log}/{note}"], ["-queryfile", f"{log}/anchors/{name[:-4]}.tsq"]):
        command = ["openssl", "ts", "-verify", "-in", f"{log}/anchors/{name}", "-CAfile", ca, "-attime", seconds] + against
        if subprocess.run(command, capture_output=True).returncode:
            raise ValueError(f"anchors/{name} is not a time stamp of checkpoints/{size}.note by the given authority")
    say(CHECKED, f"the first {size} entries were there on {stamped[1]}")


def check_blob(folder, digest):
    path = os.path.join(folder, "blobs", "sha256", digest[:2], digest)
    with open(path, "rb") as file:
        if file.read(8) == b"PPBLOB01":
            return False
    with open(path, "rb") as file, open(path + ".salt", "rb") as salt:
        total = hashlib.sha256(salt.read())
        for part in iter(lambda: file.read(1 << 20), b""):
            total.update(part)
    if total.hexdigest() != digest:
        raise ValueError(f"{path} does not give its digest")
    return True


def main():
    words = argparse.ArgumentParser(description="Checks a Plainproof evidence folder without Plainproof.")
    words.add_argument("folder")
    words.add_argument("--vkey", help="the log's public key, received from elsewhere")
    words.add_argument("--kept", action="append", default=[], help="a checkpoint that you kept")
    words.add_argument("--tsa-ca", help="root certificates of the time-stamp authority")
    given = words.parse_args()
    log = os.path.join(given.folder, "log")
    try:
        vkey = parse_vkey(open(given.vkey or os.path.join(log, "log.vkey"), encoding="utf-8").read())
        if not given.vkey:
            say(NOT_CHECKED, "the key is self-asserted: it came from the folder it is to prove")
        size, root = open_checkpoint(read(log, "checkpoint"), vkey)
        say(CHECKED, f"the checkpoint of {size} entries is signed by {vkey[0]}")
        bodies = list(entries_of(log, size))
        leaves = [sha256(b"\x00", body) for body in bodies]
        if fold(leaves) != root:
            raise ValueError("the entries do not give the signed root: one was changed, swapped, added or removed")
        say(CHECKED, f"all {size} entries give the signed root; {check_tiles(log, leaves)} tiles hold their hashes")
        for path in given.kept:
            check_kept(path, open(path, "rb").read(), leaves, vkey)
        stamps = sorted(n for n in os.listdir(log + "/anchors") if n.endswith(".tsr")) if os.path.isdir(log + "/anchors") else []
        for name in stamps if given.tsa_ca else []:
            check_stamp(log, name, leaves, vkey, given.tsa_ca)
        if bool(stamps) != bool(given.tsa_ca):
            say(NOT_CHECKED, f"{len(stamps)} time stamps in the folder; root certificates {'' if given.tsa_ca else 'not '}given")
        statements = [json.loads(body) for body in bodies]
        gone = {digest for entry in statements for digest in entry["predicate"].get("expired", [])}
        digests = {blob["digest"] for entry in statements for blob in entry["predicate"].get("blobs", [])} - gone
        opened = sum(check_blob(given.folder, digest) for digest in sorted(digests))
        if opened < len(digests):
            say(NOT_CHECKED, f"{len(digests) - opened} evidence files are there but encrypted: only their owner can open them")
        if opened:
            say(CHECKED, f"{opened} evidence files give the digests in the log")
    except (ValueError, KeyError, OSError) as problem:
        say(FAILED, str(problem))
    return 1 if FAILED in outcomes else 2 if NOT_CHECKED in outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
