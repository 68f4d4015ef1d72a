package talk

import (
	"errors"
	"strings"
)

// Button is one button under a message. Draft, Step and Value come back when
// it is pressed; a tap on another draft's button is stale.
type Button struct {
	Label string `json:"label"`
	Draft string `json:"draft,omitempty"`
	Step  string `json:"step,omitempty"`
	Value string `json:"value,omitempty"`
	URL   string `json:"url,omitempty"`
}

// MaxData is the most that Telegram carries in a button, in bytes.
const MaxData = 64

// ErrButton is callback data that this bot never made, or an older one did.
var ErrButton = errors.New("not a button of this bot")

// Data is what the button carries: v1:draft:step:value.
func (b Button) Data() string { return "v1:" + b.Draft + ":" + b.Step + ":" + b.Value }

// ParseButton reads callback data strictly.
func ParseButton(data string) (Button, error) {
	part := strings.Split(data, ":")
	if len(data) > MaxData || len(part) != 4 || part[0] != "v1" || part[1] == "" || part[2] == "" {
		return Button{}, ErrButton
	}
	for _, p := range part {
		for _, r := range p {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_' {
				return Button{}, ErrButton
			}
		}
	}
	return Button{Draft: part[1], Step: part[2], Value: part[3]}, nil
}
