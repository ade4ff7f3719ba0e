#!/usr/bin/env python3
"""Checks a Plainproof package or evidence folder without Plainproof. Needs Python 3.8 or newer; openssl only for time stamps.

    verify.py FOLDER --vkey FILE [--kept FILE]... [--tsa-ca FILE]

FOLDER is an unpacked package, or holds log/ and, if evidence files came along, blobs/. Take the key file, the kept checkpoints and
the certificates from somewhere else. Exit code: 0 all was checked and holds, 1 a check failed, 2 something could not be checked.
Read this file before you trust it; it is short for that reason. The format is in docs/evidence-format.md.
"""
import argparse, base64, calendar, hashlib, json, os, re, subprocess, sys, time
CHECKED, FAILED, NOT_CHECKED, outcomes = "checked", "FAILED", "NOT CHECKED", set()

def say(outcome, words):
    outcomes.add(outcome)
    print(f"{outcome:12} {words}")
def many(count, one, more): return f"1 {one}" if count == 1 else f"{count} {more}"
def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

# --- Ed25519 verification, RFC 8032 section 5.1 ----------------------------------------------------------------------------------
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
def point(data):
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x * ROOT_OF_MINUS_ONE % P if (x * x - xx) % P else x
    if (x * x - xx) % P or y >= P or (x == 0 and sign):
        raise ValueError("a signature or a key that is no point on the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
def add(a, b):
    e, f, c, d = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0]), 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    g, h, k, m = (f - e) % P, (d - c) % P, (d + c) % P, (f + e) % P
    return g * h % P, k * m % P, h * k % P, g * m % P
def times(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        result = add(result, base) if scalar & 1 else result
        base, scalar = add(base, base), scalar >> 1
    return result
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def ed25519_ok(public, message, signature):
    a, r, s = point(public), point(signature[:32]), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(h, a))
    return len(signature) == 64 and s < Q and not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))

# --- C2SP signed notes and checkpoints -------------------------------------------------------------------------------------------
def parse_vkey(line):
    name, key_id, key = line.strip().split("+", 2)
    raw = base64.b64decode(key, validate=True)
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise ValueError("the key line is damaged or not an Ed25519 key")
    return name, bytes.fromhex(key_id), raw[1:]
def open_checkpoint(note, vkey):
    name, key_id, public = vkey
    if any(byte < 32 and byte != 10 for byte in note):
        raise ValueError("a control character in a checkpoint")
    text, _, lines = note.decode("utf-8").rpartition("\n\n")
    text, verified = text + "\n", False
    for dash, signer, data in (line.split(" ") for line in lines.splitlines()):
        raw = base64.b64decode(data, validate=True)
        is_ours = signer == name and raw[:4] == key_id
        if dash != "\u2014" or is_ours and not ed25519_ok(public, text.encode(), raw[4:]):
            raise ValueError("the signature does not fit the checkpoint")
        verified = verified or is_ours
    origin, size, root = text.split("\n")[:3]
    if not verified or origin != name or str(int(size)) != size:
        raise ValueError("the checkpoint is of another log, or not signed by the given key")
    return int(size), base64.b64decode(root, validate=True)

# --- RFC 6962 tree ---------------------------------------------------------------------------------------------------------------
def fold(row):
    """The root over a row of hashes: pairs from the left, an odd last one moves up as it is."""
    while len(row) > 1:
        paired = [sha256(b"\x01", row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = paired + row[len(paired) * 2:]
    return row[0] if row else sha256()
def tile_path(level, number, width):
    name, number = f"{number % 1000:03}", number // 1000
    while number:
        name, number = f"x{number % 1000:03}/{name}", number // 1000
    return f"tile/{level}/{name}" + ("" if width == 256 else f".p/{width}")
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
    if size > len(leaves) or fold(leaves[:size]) != root:
        raise ValueError(f"{path}: " + ("the log was set back" if size > len(leaves) else "it is of another history"))
    say(CHECKED, f"the first {many(size, 'entry is that', 'entries are those')} of {path}")
    return size
def check_stamp(log, name, leaves, vkey, ca):
    note = f"checkpoints/{name.split('.')[0]}.note"
    size = check_kept(note, read(log, note), leaves, vkey)
    reply = subprocess.run(["openssl", "ts", "-reply", "-in", f"{log}/anchors/{name}", "-text"], capture_output=True, text=True)
    stamped = re.search(r"Time stamp: (.*)", reply.stdout)
    if not stamped:
        raise ValueError(f"anchors/{name} cannot be read")
    seconds = str(calendar.timegm(time.strptime(re.sub(r"\.\d+", "", stamped[1]), "%b %d %H:%M:%S %Y GMT")))
    for against in (["-data", f"{log}/{note}"], ["-queryfile", f"{log}/anchors/{name[:-4]}.tsq"]):
        command = ["openssl", "ts", "-verify", "-in", f"{log}/anchors/{name}", "-CAfile", ca, "-attime", seconds] + against
        if subprocess.run(command, capture_output=True).returncode:
            raise ValueError(f"anchors/{name} is not a time stamp of {note} by the given authority")
    say(CHECKED, f"the first {many(size, 'entry was', 'entries were')} there on {stamped[1]}")
def names_in(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []
def file_sum(path, salt=b""):
    total = hashlib.sha256(salt)
    with open(path, "rb") as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            total.update(part)
    return total.hexdigest()
def check_blob(folder, digest):
    path = f"blobs/sha256/{digest[:2]}/{digest}"
    with open(os.path.join(folder, path), "rb") as file:
        if file.read(8) == b"PPBLOB01":
            return False
    if file_sum(os.path.join(folder, path), read(folder, path + ".salt")) != digest:
        raise ValueError(f"{path} does not give its digest")
    return True

# --- A package: a BagIt bag, RFC 8493, with a log folder in data/ ------------------------------------------------------------------
def check_bag(folder):
    listed = {}
    for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        lines = read(folder, name).decode("ascii").split("\n")
        for line in lines[:-1]:
            found = re.fullmatch(r"([0-9a-f]{64})  ([\x21-\x7e][\x20-\x7e]*)", line)
            if not found or lines[-1] or found[2] in listed or found[2].startswith("data/") != (name[0] == "m"):
                raise ValueError(f"{name} has a line that does not belong there: {line}")
            listed[found[2]] = found[1]
    present = {os.path.relpath(os.path.join(at, name), folder).replace(os.sep, "/") for at, _, names in os.walk(folder) for name in names}
    present -= {"tagmanifest-sha256.txt"}
    if present != set(listed) or not {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"} <= present:
        raise ValueError(f"added or removed: {', '.join(sorted(present ^ set(listed))[:5])}")
    changed = [name for name, total in listed.items() if file_sum(os.path.join(folder, name)) != total]
    if changed:
        raise ValueError(f"changed, for they do not give their checksums: {', '.join(changed[:5])}")
    say(CHECKED, f"all {len(listed)} files give their checksums, and there is no other file")
def climb(leaf, index, size, path):
    """The root that a proof of inclusion leads to, RFC 9162 section 2.1.3.2."""
    last, here = size - 1, leaf
    for beside in path:
        is_right = index % 2 or index == last
        here = sha256(b"\x01", beside, here) if is_right else sha256(b"\x01", here, beside)
        while is_right and not index % 2 and index:
            index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    return here if last == 0 else None
def check_proofs(folder, leaves, note, root):
    for name in names_in(folder):
        head, _, signed = read(folder, name).decode("utf-8").partition("\n\n")
        seq, path = int(head.split("\n")[1][6:]), [base64.b64decode(line, validate=True) for line in head.split("\n")[2:]]
        if signed.encode() != note or f"{seq}.tlog-proof" != name or climb(leaves[seq], seq, len(leaves), path) != root:
            raise ValueError(f"proofs/{name} does not show its entry in this log")
    say(CHECKED, f"{many(len(names_in(folder)), 'proof shows its entry', 'proofs show their entries')} in this log")
def check_populations(folder, bodies):
    for name in names_in(folder):
        entry, lines = read(folder, name + "/entry.json"), read(folder, name + "/rows.jsonl").decode("utf-8").split("\n")[1:-1]
        rows, told = [json.loads(line) for line in lines], json.loads(entry)["predicate"]
        root = fold([sha256(b"\x00", bytes.fromhex(row["salt"]), row["row"].encode("utf-8")) for row in rows]).hex()
        if entry not in bodies or (told["population"], told["root"], told["rows"]) != (name, root, len(rows)):
            raise ValueError(f"populations/{name}: the rows do not give the root in the log")
    say(CHECKED, f"the rows of {many(len(names_in(folder)), 'population', 'populations')} give the roots in the log")

def main():
    words = argparse.ArgumentParser(description="Checks a Plainproof evidence folder without Plainproof.")
    words.add_argument("folder")
    words.add_argument("--vkey", help="the log's public key, received from elsewhere")
    words.add_argument("--kept", action="append", default=[], help="a checkpoint that you kept")
    words.add_argument("--tsa-ca", help="root certificates of the time-stamp authority")
    given = words.parse_args()
    is_package = os.path.exists(os.path.join(given.folder, "bagit.txt"))
    folder = os.path.join(given.folder, "data") if is_package else given.folder
    log, missing = os.path.join(folder, "log"), ""
    try:
        if is_package:
            check_bag(given.folder)
        vkey = parse_vkey(open(given.vkey or os.path.join(log, "log.vkey"), encoding="utf-8").read())
        if not given.vkey:
            say(NOT_CHECKED, "the key is self-asserted: it came from the folder it is to prove")
        size, root = open_checkpoint(note := read(log, "checkpoint"), vkey)
        say(CHECKED, f"the checkpoint of {many(size, 'entry', 'entries')} is signed by {vkey[0]}")
        bodies = list(entries_of(log, size))
        leaves = [sha256(b"\x00", body) for body in bodies]
        if fold(leaves) != root:
            raise ValueError("the entries do not give the signed root: one was changed, swapped, added or removed")
        tiles = many(check_tiles(log, leaves), "tile holds its", "tiles hold their")
        say(CHECKED, f"{'all ' * (size != 1)}{many(size, 'entry gives', 'entries give')} the signed root; {tiles} hashes")
        for path in given.kept:
            check_kept(path, open(path, "rb").read(), leaves, vkey)
        stamps = [name for name in names_in(log + "/anchors") if name.endswith(".tsr")]
        for name in stamps if given.tsa_ca else []:
            check_stamp(log, name, leaves, vkey, given.tsa_ca)
        if bool(stamps) != bool(given.tsa_ca):
            say(NOT_CHECKED, f"{many(len(stamps), 'time stamp', 'time stamps')} in the folder; root certificates {'' if given.tsa_ca else 'not '}given")
        statements = [json.loads(body) for body in bodies]
        gone = {digest for entry in statements for digest in entry["predicate"].get("expired", [])}
        digests = {blob["digest"] for entry in statements for blob in entry["predicate"].get("blobs", [])} - gone
        if is_package:
            check_proofs(os.path.join(folder, "proofs"), leaves, note, root)
            check_populations(os.path.join(folder, "populations"), set(bodies))
            here = {name[:64] for _, _, names in os.walk(os.path.join(folder, "blobs")) for name in names}
            if not here <= digests:
                raise ValueError(f"no entry names the evidence file {sorted(here - digests)[0]}")
            missing, digests = f"; {len(digests - here)} that it names are not in this package", here
        opened = sum(check_blob(folder, digest) for digest in sorted(digests))
        if opened < len(digests):
            say(NOT_CHECKED, f"{many(len(digests) - opened, 'evidence file is', 'evidence files are')} there but encrypted: only the owner can open that")
        if opened:
            say(CHECKED, f"{many(opened, 'evidence file gives the digest', 'evidence files give the digests')} in the log{missing}")
    except (ValueError, KeyError, IndexError, OSError) as problem:
        say(FAILED, str(problem))
    return 1 if FAILED in outcomes else 2 if NOT_CHECKED in outcomes else 0

if __name__ == "__main__":
    sys.exit(main())
