// A whole log by golang.org/x/mod/sumdb/note and tlog, as a monitor reads it. One JSON value a line in, one a line out:
// {"vkey", "old", "new": checkpoints, "tiles": {path: base64}, "entries": [base64]} → {"entries": how many of them are
// proved to be in the tree, "consistent": whether the old tree is a part of it} or {"refused": why}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type ask struct {
	Vkey     string
	Old, New string
	Tiles    map[string][]byte
	Entries  [][]byte
}

type answer struct {
	Entries    int    `json:"entries"`
	Consistent bool   `json:"consistent"`
	Refused    string `json:"refused,omitempty"`
}

// C2SP's names leave out the height, which is 8.
func (a ask) Height() int                     { return 8 }
func (a ask) SaveTiles([]tlog.Tile, [][]byte) {}
func (a ask) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, ok := a.Tiles[path]
		if !ok || len(bytes) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("tile %s is not as long as it should be", path)
		}
		data = append(data, bytes)
	}
	return data, nil
}

func checkpoint(text, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("no checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func read(a ask) (out answer, err error) {
	tree, err := checkpoint(a.New, a.Vkey)
	if err != nil {
		return out, err
	}
	old, err := checkpoint(a.Old, a.Vkey)
	if err != nil {
		return out, err
	}
	hashes := tlog.TileHashReader(tree, a)
	grown, err := tlog.ProveTree(tree.N, old.N, hashes)
	if err != nil {
		return out, err
	}
	out.Consistent = tlog.CheckTree(grown, tree.N, tree.Hash, old.N, old.Hash) == nil
	for i, entry := range a.Entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), hashes)
		if err != nil {
			return out, err
		}
		if tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)) == nil {
			out.Entries++
		}
	}
	return out, nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var a ask
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		out, err := read(a)
		if err != nil {
			out = answer{Refused: err.Error()}
		}
		line, _ := json.Marshal(out)
		fmt.Println(string(line))
	}
}
