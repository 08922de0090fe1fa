// Signed notes by golang.org/x/mod/sumdb/note. One JSON value a line in, one a line out:
// {"open": base64, "vkeys": [...]} → {"text", "names"} or {"refused": why};
// {"sign": text, "name": name} → {"vkey", "note"} by a new key.
package main

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
)

type ask struct {
	Open  []byte
	Vkeys []string
	Sign  string
	Name  string
}

type answer struct {
	Text    string   `json:"text,omitempty"`
	Names   []string `json:"names,omitempty"`
	Vkey    string   `json:"vkey,omitempty"`
	Note    string   `json:"note,omitempty"`
	Refused string   `json:"refused,omitempty"`
}

func open(a ask) (answer, error) {
	var verifiers []note.Verifier
	for _, vkey := range a.Vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return answer{}, err
		}
		verifiers = append(verifiers, verifier)
	}
	n, err := note.Open(a.Open, note.VerifierList(verifiers...))
	if err != nil {
		return answer{}, err
	}
	out := answer{Text: n.Text}
	for _, sig := range n.Sigs {
		out.Names = append(out.Names, sig.Name)
	}
	return out, nil
}

func sign(a ask) (answer, error) {
	skey, vkey, err := note.GenerateKey(rand.Reader, a.Name)
	if err != nil {
		return answer{}, err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return answer{}, err
	}
	signed, err := note.Sign(&note.Note{Text: a.Sign}, signer)
	return answer{Vkey: vkey, Note: string(signed)}, err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a ask
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		do := open
		if a.Name != "" {
			do = sign
		}
		out, err := do(a)
		if err != nil {
			out = answer{Refused: err.Error()}
		}
		line, _ := json.Marshal(out)
		fmt.Println(string(line))
	}
}
