// Package seal encrypts what names a person before it is stored: AES-256-GCM,
// the storage key's name as associated data (a value moved to another key
// doesn't open there), the encryption key's id in front.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// ErrKey says that a text is not a usable list of encryption keys.
var ErrKey = errors.New("not a list of 32-byte base64 keys")

// ErrSealed says that a value can't be opened: another key, another place, or
// damaged. It is never to be read as "no value".
var ErrSealed = errors.New("sealed value can't be opened")

// A Box seals with its first key and opens with any.
type Box struct {
	ids   []string
	aeads []cipher.AEAD
}

// New makes a box of one or several comma-separated keys of 32 bytes in base64
// (standard or URL alphabet, padding optional). The first one seals.
func New(keys string) (*Box, error) {
	b := &Box{}
	for i, text := range strings.Split(keys, ",") {
		text = strings.TrimRight(strings.TrimSpace(text), "=")
		text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
		key, err := base64.RawStdEncoding.DecodeString(text)
		if err != nil || len(key) != 32 {
			return nil, fmt.Errorf("%w: key %d", ErrKey, i+1)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(append([]byte("klinikkbot key id:"), key...))
		b.ids, b.aeads = append(b.ids, hex.EncodeToString(sum[:4])), append(b.aeads, aead)
	}
	return b, nil
}

// Seal encrypts plain for the place called name.
func (b *Box) Seal(name string, plain []byte) string {
	nonce := make([]byte, b.aeads[0].NonceSize())
	rand.Read(nonce) // never fails, by the documentation of crypto/rand
	return b.ids[0] + ":" + base64.RawStdEncoding.EncodeToString(b.aeads[0].Seal(nonce, nonce, plain, []byte(name)))
}

// Open decrypts what Seal made for the same name, or gives ErrSealed.
func (b *Box) Open(name, sealed string) ([]byte, error) {
	id, text, _ := strings.Cut(sealed, ":")
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, ErrSealed
	}
	for i, a := range b.aeads {
		if b.ids[i] != id || len(raw) < a.NonceSize() {
			continue
		}
		if plain, err := a.Open(nil, raw[:a.NonceSize()], raw[a.NonceSize():], []byte(name)); err == nil {
			return plain, nil
		}
	}
	return nil, ErrSealed
}

// Name turns an id into a name that tells nothing without the secret: 32
// hexadecimal figures of an HMAC-SHA256.
func Name(secret []byte, id string) string {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(id))
	return hex.EncodeToString(m.Sum(nil)[:16])
}
