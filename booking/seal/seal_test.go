package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func key(b byte) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{b}, 32)) }

func TestKeysInEitherAlphabetWithOrWithoutPadding(t *testing.T) {
	k := key(0xfb)
	for _, text := range []string{k, strings.TrimRight(k, "="), base64.URLEncoding.EncodeToString(bytes.Repeat([]byte{0xfb}, 32)), " " + k + " , " + key(1)} {
		if _, err := New(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "x", key(1) + ",", key(1)[:20]} {
		if _, err := New(text); !errors.Is(err, ErrKey) {
			t.Errorf("%q: got %v, want ErrKey", text, err)
		}
	}
}

func TestOnlyTheSamePlaceAndAKnownKeyOpen(t *testing.T) {
	old, _ := New(key(1))
	both, _ := New(key(2) + "," + key(1))
	fresh, _ := New(key(2))
	sealed := old.Seal("here", []byte("Kari"))
	if strings.Contains(sealed, "Kari") || old.Seal("here", []byte("Kari")) == sealed {
		t.Error("sealing shows its content or repeats itself")
	}
	if plain, err := both.Open("here", sealed); err != nil || string(plain) != "Kari" {
		t.Errorf("after rotation: %q, %v", plain, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"elsewhere": func() ([]byte, error) { return old.Open("there", sealed) },
		"other key": func() ([]byte, error) { return fresh.Open("here", sealed) },
		"damaged":   func() ([]byte, error) { return old.Open("here", sealed[:len(sealed)-2]+"xx") },
		"empty":     func() ([]byte, error) { return old.Open("here", "") },
	} {
		if _, err := open(); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: got %v, want ErrSealed", name, err)
		}
	}
}
