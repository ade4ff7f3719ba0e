// Checks a log folder with Go's own transparency log packages (golang.org/x/mod/sumdb), so that nothing of the writer is trusted.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o crosscheck main.go
//	crosscheck LOG-FOLDER VKEY-FILE [PROOF-FOLDER]
//
// It recomputes the tree from the entries. It does not use tlog.TileHashReader: that accepts forged leaves before x/mod 0.40
// (CVE-2026-56865).
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = h[index]
	}
	return out, nil
}

func main() {
	if len(os.Args) < 3 {
		fail("usage: crosscheck LOG-FOLDER VKEY-FILE [PROOF-FOLDER]")
	}
	folder := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(os.Args[2]))))
	check(err, "key")
	known := note.VerifierList(verifier)

	tree := openCheckpoint(read(filepath.Join(folder, "checkpoint")), known, verifier.Name())
	stored, records := readEntries(folder, tree.N)
	if treeHash(tree.N, stored) != tree.Hash {
		fail("the entries do not give the signed root")
	}
	tiles := checkTiles(folder, tree.N, stored)
	proofs, prefixes := 0, 0
	if len(os.Args) > 3 {
		proofs = checkProofs(os.Args[3], known, verifier.Name(), records)
		prefixes = checkPrefixes(os.Args[3], tree, stored)
	}
	fmt.Printf("PASS %d entries, %d tiles, %d proofs, %d prefixes\n", tree.N, tiles, proofs, prefixes)
}

func openCheckpoint(text []byte, known note.Verifiers, origin string) tlog.Tree {
	opened, err := note.Open(text, known)
	check(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		fail("the checkpoint is not of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err, "size")
	return tlog.Tree{N: size, Hash: parseHash(lines[2])}
}

func readEntries(folder string, size int64) (hashes, [][]byte) {
	var stored hashes
	var records [][]byte
	for number := int64(0); number*256 < size; number++ {
		width := min(256, size-number*256)
		bundle := read(filepath.Join(folder, tilePath("entries", number, int(width))))
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				fail("an entry bundle is cut short")
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			record := bundle[2:end]
			more, err := tlog.StoredHashes(int64(len(records)), record, stored)
			check(err, "entry")
			stored = append(stored, more...)
			records = append(records, record)
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			fail("an entry bundle is too long")
		}
	}
	return stored, records
}

func checkTiles(folder string, size int64, stored hashes) int {
	count := 0
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes>>8 {
		for number := int64(0); number*256 < hashes; number++ {
			tile := tlog.Tile{H: 8, L: level, N: number, W: int(min(256, hashes-number*256))}
			data, err := tlog.ReadTileData(tile, stored)
			check(err, "tile")
			name := tilePath(strconv.Itoa(tile.L), tile.N, tile.W)
			if !bytes.Equal(data, read(filepath.Join(folder, name))) {
				fail(name + " differs")
			}
			count++
		}
	}
	return count
}

// treeHash knows the root of nothing, which older versions of tlog do not.
func treeHash(size int64, stored hashes) tlog.Hash {
	if size == 0 {
		return sha256.Sum256(nil)
	}
	root, err := tlog.TreeHash(size, stored)
	check(err, "root")
	return root
}

// checkProofs looks at every NUMBER.tlog-proof.
func checkProofs(folder string, known note.Verifiers, origin string, records [][]byte) int {
	names, err := filepath.Glob(filepath.Join(folder, "*.tlog-proof"))
	check(err, "proofs")
	for _, name := range names {
		head, checkpoint, _ := strings.Cut(string(read(name)), "\n\n")
		lines := strings.Split(head, "\n")
		if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
			fail(name + " is not a proof")
		}
		index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
		check(err, name)
		var path tlog.RecordProof
		for _, line := range lines[2:] {
			path = append(path, parseHash(line))
		}
		tree := openCheckpoint([]byte(checkpoint), known, origin)
		check(tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(records[index])), name)
	}
	return len(names)
}

// checkPrefixes looks at every OLDSIZE.consistency: the old root, then the path. The path must be Go's own, byte for byte.
func checkPrefixes(folder string, tree tlog.Tree, stored hashes) int {
	names, err := filepath.Glob(filepath.Join(folder, "*.consistency"))
	check(err, "prefixes")
	for _, name := range names {
		old, err := strconv.ParseInt(strings.TrimSuffix(filepath.Base(name), ".consistency"), 10, 64)
		check(err, name)
		lines := strings.Split(strings.TrimSpace(string(read(name))), "\n")
		var path tlog.TreeProof
		for _, line := range lines[1:] {
			path = append(path, parseHash(line))
		}
		oldRoot := treeHash(old, stored)
		if oldRoot != parseHash(lines[0]) {
			fail(name + " has another old root")
		}
		if old > 0 {
			check(tlog.CheckTree(path, tree.N, tree.Hash, old, oldRoot), name)
			mine, err := tlog.ProveTree(tree.N, old, stored)
			check(err, name)
			if fmt.Sprint(mine) != fmt.Sprint(path) {
				fail(name + " is not the path that Go makes")
			}
		}
	}
	return len(names)
}

func tilePath(level string, number int64, width int) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number >= 1000 {
		number /= 1000
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	path = "tile/" + level + "/" + path
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

func parseHash(text string) tlog.Hash {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		fail("not a hash: " + text)
	}
	var hash tlog.Hash
	copy(hash[:], raw)
	return hash
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	check(err, path)
	return data
}

func check(err error, what string) {
	if err != nil {
		fail(what + ": " + err.Error())
	}
}

func fail(why string) {
	fmt.Println("FAIL", why)
	os.Exit(1)
}
